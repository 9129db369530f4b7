<?php
/**
 * Plugin Name:       Maqal
 * Description:       Articles as right-to-left cards with their conversation: a block, a shortcode and a template tag.
 * Version:           1.0.0
 * Requires at least: 6.0
 * Requires PHP:      7.4
 * License:           MIT OR Apache-2.0
 *
 * The addresses of the widget and of the comment endpoint are set under Settings, Maqal, or in wp-config.php, which comes
 * first: MAQAL_LOADER, MAQAL_INTEGRITY, MAQAL_ENDPOINT.
 */

defined( 'ABSPATH' ) || exit;

/** The settings: their names, what they are called, and what stands in their empty field. */
const MAQAL_SETTINGS = array(
	'loader'    => array( 'Address of embed.js', 'https://cdn.example/maqal/embed.js' ),
	'integrity' => array( 'Its digest, to stay at one version (optional)', 'sha384-…' ),
	'endpoint'  => array( 'Address of the comment endpoint', 'https://talk.example/api/comments' ),
);

/** The card's attributes. */
const MAQAL_ATTRIBUTES = array( 'src', 'item', 'endpoint', 'thread', 'lang', 'words', 'theme', 'comfort', 'heading', 'sort', 'autoload', 'email', 'website' );

/** A setting's value; empty where there is none. */
function maqal_setting( $name ) {
	$constant = 'MAQAL_' . strtoupper( $name );
	return (string) ( defined( $constant ) ? constant( $constant ) : get_option( "maqal_$name", '' ) );
}

/**
 * A card in HTML. `$values` are the card's attributes, and `post`: the number of a post that is the article. `$inside` is an
 * article in HTML, which comes first. With neither, and without `src`, the article is the post at hand.
 */
function maqal_card( $values = array(), $inside = '' ) {
	// The article of a card may have a card in its text: there is none in another.
	static $in_card = false;
	if ( $in_card ) {
		return '';
	}
	$values = (array) $values;
	if ( empty( $values['endpoint'] ) ) {
		$values['endpoint'] = maqal_setting( 'endpoint' );
	}
	if ( '' === trim( $inside ) && ( empty( $values['src'] ) || ! empty( $values['post'] ) ) ) {
		$post = get_post( (int) ( $values['post'] ?? 0 ) );
		if ( ! $post || ! ( is_post_publicly_viewable( $post ) || current_user_can( 'read_post', $post->ID ) ) ) {
			return '';
		}
		if ( post_password_required( $post ) ) {
			return get_the_password_form( $post );
		}
		$values += array( 'thread' => get_permalink( $post ) );
		$in_card = true;
		$inside  = maqal_article( $post );
		$in_card = false;
	}
	// A feed has no scripts: its readers get the article.
	if ( is_feed() ) {
		return $inside;
	}
	maqal_load();
	$attributes = '';
	foreach ( MAQAL_ATTRIBUTES as $name ) {
		$value = $values[ $name ] ?? '';
		if ( true === $value || 'true' === $value ) {
			$attributes .= " $name";
		} elseif ( is_scalar( $value ) && ! in_array( (string) $value, array( '', 'false' ), true ) ) {
			$attributes .= sprintf( ' %s="%s"', $name, in_array( $name, array( 'src', 'endpoint' ), true ) ? esc_url( $value ) : maqal_escape( $value ) );
		}
	}
	return "<maqal-card$attributes>$inside</maqal-card>";
}

/** A value between quotes. Not `esc_attr`, which leaves what looks like an entity as it is: these values are plain text. */
function maqal_escape( $value ) {
	return htmlspecialchars( (string) $value, ENT_QUOTES | ENT_SUBSTITUTE, 'UTF-8' );
}

/** A post as an article: what search engines and readers without scripts see, and what the card reads. */
function maqal_article( $post ) {
	$former          = $GLOBALS['post'] ?? null;
	$GLOBALS['post'] = $post;
	setup_postdata( $post );
	$author  = (int) $post->post_author;
	$article = sprintf(
		'<article lang="%s">%s<h1>%s</h1>%s<p class="byline"><a rel="author" href="%s">%s</a></p><time class="published" datetime="%s">%s</time>%s</article>',
		esc_attr( get_bloginfo( 'language' ) ),
		get_the_post_thumbnail( $post, 'large' ),
		wp_kses_post( get_the_title( $post ) ),
		has_excerpt( $post ) ? '<p class="lead">' . wp_kses_post( get_the_excerpt( $post ) ) . '</p>' : '',
		esc_url( get_author_posts_url( $author ) ),
		esc_html( get_the_author_meta( 'display_name', $author ) ),
		esc_attr( get_the_date( DATE_W3C, $post ) ),
		esc_html( get_the_date( '', $post ) ),
		// All of it, whatever pages it is parted into.
		apply_filters( 'the_content', $post->post_content )
	);
	$GLOBALS['post'] = $former;
	if ( $former ) {
		setup_postdata( $former );
	}
	return $article;
}

/** The page has a card: it gets the script, once, in its head where that is still to come. */
function maqal_load() {
	static $is_asked = false;
	if ( $is_asked || '' === maqal_setting( 'loader' ) ) {
		return;
	}
	$is_asked = true;
	add_action( did_action( 'wp_head' ) ? 'wp_footer' : 'wp_head', 'maqal_print_loader' );
}

/** Printed, and not enqueued: modules can be enqueued since WordPress 6.5 only, and their digest not at all. */
function maqal_print_loader() {
	$script    = array( 'type' => 'module', 'src' => esc_url_raw( maqal_setting( 'loader' ) ) );
	$integrity = maqal_setting( 'integrity' );
	if ( '' !== $integrity ) {
		$script += array( 'integrity' => $integrity, 'crossorigin' => 'anonymous' );
	}
	// A plugin that gives scripts a nonce hears of it by the filter `wp_script_attributes`.
	wp_print_script_tag( $script );
}

/** [maqal src="…" thread="…"]an article in HTML[/maqal], or [maqal post="42" /]. */
function maqal_shortcode( $values, $inside = '' ) {
	// A shortcode has no escapes of its own: quotes and brackets in its values are written as HTML's entities.
	$values = array_map(
		function ( $value ) {
			return html_entity_decode( $value, ENT_QUOTES | ENT_HTML5, 'UTF-8' );
		},
		array_filter( (array) $values, 'is_string', ARRAY_FILTER_USE_KEY )
	);
	return maqal_card( $values, (string) $inside );
}

add_shortcode( 'maqal', 'maqal_shortcode' );

// The article inside a shortcode is HTML, quotes in it are somebody's own.
add_filter(
	'no_texturize_shortcodes',
	function ( $names ) {
		$names[] = 'maqal';
		return $names;
	}
);

add_action(
	'init',
	function () {
		register_block_type( __DIR__, array( 'render_callback' => 'maqal_card' ) );
	}
);

add_action(
	'admin_init',
	function () {
		add_settings_section( 'maqal', '', '__return_null', 'maqal' );
		foreach ( MAQAL_SETTINGS as $name => list( $title, $example ) ) {
			register_setting(
				'maqal',
				"maqal_$name",
				array(
					'type'              => 'string',
					'sanitize_callback' => 'integrity' === $name ? 'sanitize_text_field' : 'sanitize_url',
				)
			);
			$field = function () use ( $name, $example ) {
				printf(
					'<input class="regular-text" dir="ltr" name="maqal_%1$s" id="maqal_%1$s" value="%2$s" placeholder="%3$s"%4$s>',
					esc_attr( $name ),
					esc_attr( maqal_setting( $name ) ),
					esc_attr( $example ),
					defined( 'MAQAL_' . strtoupper( $name ) ) ? ' disabled' : ''
				);
			};
			add_settings_field( "maqal_$name", esc_html( $title ), $field, 'maqal', 'maqal', array( 'label_for' => "maqal_$name" ) );
		}
	}
);

add_action(
	'admin_menu',
	function () {
		add_options_page(
			'Maqal',
			'Maqal',
			'manage_options',
			'maqal',
			function () {
				echo '<div class="wrap"><h1>Maqal</h1><form method="post" action="options.php">';
				settings_fields( 'maqal' );
				do_settings_sections( 'maqal' );
				submit_button();
				echo '</form></div>';
			}
		);
	}
);
