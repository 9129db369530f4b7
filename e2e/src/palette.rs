//! A picture in at most 256 colours: a third of the bytes, and nothing that an eye misses in flat colours and text.

use std::collections::HashMap;

use color_quant::NeuQuant;
use png::{BitDepth, ColorType, Decoder, Encoder, EncodingError};

/// Every n-th pixel teaches the palette: 1 is the best and slowest, 30 the fastest.
const SAMPLE: i32 = 10;

/// The same picture with a palette. `png` has 8 bits for each of red, green and blue, with or without alpha.
///
/// # Errors
/// Where `png` is no such picture.
pub fn with_palette(png: &[u8]) -> Result<Vec<u8>, String> {
    let mut reader = Decoder::new(std::io::Cursor::new(png)).read_info().map_err(|error| error.to_string())?;
    let mut pixels = vec![0; reader.output_buffer_size().ok_or("the picture is too large")?];
    let info = reader.next_frame(&mut pixels).map_err(|error| error.to_string())?;
    let rgba: Vec<u8> = match info.color_type {
        ColorType::Rgba => pixels,
        ColorType::Rgb => pixels.chunks_exact(3).flat_map(|pixel| [pixel[0], pixel[1], pixel[2], 255]).collect(),
        other => return Err(format!("a picture of the type {other:?}")),
    };
    let quantiser = NeuQuant::new(SAMPLE, 256, &rgba);
    // Few colours come again and again.
    let mut known = HashMap::new();
    let indices: Vec<u8> = rgba
        .chunks_exact(4)
        .map(|pixel| *known.entry(pixel).or_insert_with(|| quantiser.index_of(pixel) as u8))
        .collect();
    let mut out = Vec::new();
    encode(&mut out, info.width, info.height, quantiser.color_map_rgb(), &indices)
        .map_err(|error| error.to_string())?;
    Ok(out)
}

fn encode(out: &mut Vec<u8>, width: u32, height: u32, palette: Vec<u8>, indices: &[u8]) -> Result<(), EncodingError> {
    let mut encoder = Encoder::new(out, width, height);
    encoder.set_color(ColorType::Indexed);
    encoder.set_depth(BitDepth::Eight);
    encoder.set_palette(palette);
    encoder.set_compression(png::Compression::High);
    encoder.write_header()?.write_image_data(indices)
}

#[cfg(test)]
mod tests {
    use super::with_palette;
    use png::{BitDepth, ColorType, Encoder};

    #[test]
    fn a_picture_of_few_colours_keeps_its_size_and_gets_a_palette() {
        let mut png = Vec::new();
        let mut encoder = Encoder::new(&mut png, 64, 32);
        encoder.set_color(ColorType::Rgb);
        encoder.set_depth(BitDepth::Eight);
        let pixels: Vec<u8> =
            (0..64 * 32).flat_map(|n| if n % 64 < 32 { [255, 255, 255] } else { [11, 93, 90] }).collect();
        encoder.write_header().unwrap().write_image_data(&pixels).unwrap();
        let small = with_palette(&png).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(small)).read_info().unwrap();
        assert_eq!((reader.info().width, reader.info().height), (64, 32));
        assert_eq!(reader.info().color_type, ColorType::Indexed);
        let palette = reader.info().palette.clone().unwrap().into_owned();
        let mut indices = vec![0; 64 * 32];
        reader.next_frame(&mut indices).unwrap();
        let colour = |n: usize| palette[usize::from(indices[n]) * 3..][..3].to_vec();
        let near = |one: Vec<u8>, other: [u8; 3]| one.iter().zip(other).all(|(a, b)| a.abs_diff(b) < 8);
        assert!(near(colour(0), [255, 255, 255]) && near(colour(63), [11, 93, 90]), "{:?} {:?}", colour(0), colour(63));
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(with_palette(b"GIF89a").is_err());
    }
}
