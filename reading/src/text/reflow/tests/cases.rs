//! Texts that show one thing each.

use super::super::{Block, Reflowed, reflow};

fn paragraph(text: &str) -> Block {
    Block::Paragraph(text.to_owned())
}

fn heading(text: &str) -> Block {
    Block::Heading(text.to_owned())
}

fn verse(lines: &[&str]) -> Block {
    Block::Verse(lines.iter().map(|line| (*line).to_owned()).collect())
}

fn list(items: &[&str]) -> Block {
    Block::List(items.iter().map(|item| (*item).to_owned()).collect())
}

#[track_caller]
fn check(text: &str, title: Option<&str>, blocks: &[Block]) {
    assert_eq!(reflow(text), Reflowed { title: title.map(str::to_owned), blocks: blocks.to_vec() });
}

/// Checks the blocks of a text without a title.
#[track_caller]
fn blocks(text: &str, blocks: &[Block]) {
    check(text, None, blocks);
}

const OASIS: &str = include_str!("../../../../../demo/articles/oasis.txt");

#[test]
fn a_blogs_text_with_narrow_first_lines_and_a_footer_gives_its_paragraphs() {
    let Reflowed { title, blocks } = reflow(OASIS);
    assert_eq!(title, None);
    let starts = ["حين يصل", "الخطّارة نفق", "و قد أحصى", "في تنغراس", "استغرق", "ومع رجوع", "غير أن", "أما الحاج"];
    assert_eq!(blocks.len(), starts.len());
    for (block, start) in blocks.iter().zip(starts) {
        assert!(matches!(block, Block::Paragraph(text) if text.starts_with(start) && text.ends_with('.')), "{start}");
    }
}

#[test]
fn line_ends_a_byte_order_mark_and_trailing_spaces_make_no_difference() {
    let plain = reflow(OASIS);
    for other in [
        OASIS.replace('\n', "\r\n"),
        OASIS.replace('\n', "\r"),
        OASIS.replace('\n', "\r\r\n"),
        OASIS.replace('\n', "\u{2028}"),
        format!("\u{FEFF}{OASIS}"),
        OASIS.replace('\n', " \n"),
        OASIS.replace('\n', " \u{A0}\t\r\n"),
        OASIS.trim_end().to_owned(),
        format!("\n\n{OASIS}\n\n\u{A0}\n"),
        OASIS.replace("\n\n", "\n"),
        OASIS.replace("\n\n", "\n\u{200F}\n"),
    ] {
        assert_eq!(reflow(&other), plain, "{:?}", &other[..60]);
    }
}

#[test]
fn blank_lines_between_the_paragraphs_make_no_difference() {
    let Reflowed { blocks, .. } = reflow(OASIS);
    let mut apart = OASIS.to_owned();
    for start in ["الخطّارة نفق", "و قد أحصى", "في تنغراس،", "استغرق العمل", "ومع رجوع", "غير أن", "أما الحاج"]
    {
        apart = apart.replace(&format!("\n{start}"), &format!("\n\n{start}"));
        assert_eq!(reflow(&apart).blocks, blocks, "{start}");
    }
}

#[test]
fn a_detached_conjunction_at_a_lines_start_begins_no_paragraph() {
    blocks(
        "كان السوق يمتلئ كل خميس بالقادمين من القرى البعيدة، يحملون القمح والزيت والعسل\n\
         و يعودون في المساء بالسكر والشاي وأخبار المدينة. لم يكن أحد يسأل عن الطريق ولا\n\
         و لا عن المطر، فقد كانت الأحاديث كلها عن الأسعار.\n\
         و انتهى ذلك كله.",
        &[
            paragraph(
                "كان السوق يمتلئ كل خميس بالقادمين من القرى البعيدة، يحملون القمح والزيت والعسل \
                 و يعودون في المساء بالسكر والشاي وأخبار المدينة. لم يكن أحد يسأل عن الطريق ولا \
                 و لا عن المطر، فقد كانت الأحاديث كلها عن الأسعار.",
            ),
            paragraph("و انتهى ذلك كله."),
        ],
    );
}

#[test]
fn a_sentence_or_an_abbreviation_that_ends_a_full_line_ends_no_paragraph() {
    blocks(
        "زار المدينة أمس وفد من الباحثين في تاريخ العمارة، وكان في استقباله مدير المعهد.\n\
         ألقى الكلمة الأولى أستاذ الآثار في جامعة فاس، ثم تلاه في الكلام زميله القديم د.\n\
         يوسف الحمري، فتحدث عن السور الشرقي وعن الأبواب التي اندثرت. وقد طال النقاش حتى\n\
         المساء.",
        &[paragraph(
            "زار المدينة أمس وفد من الباحثين في تاريخ العمارة، وكان في استقباله مدير المعهد. \
             ألقى الكلمة الأولى أستاذ الآثار في جامعة فاس، ثم تلاه في الكلام زميله القديم د. \
             يوسف الحمري، فتحدث عن السور الشرقي وعن الأبواب التي اندثرت. وقد طال النقاش حتى المساء.",
        )],
    );
}

#[test]
fn lines_that_are_not_wrapped_are_paragraphs_each() {
    let lines = [
        "خبر أول قصير عن المطر.",
        "خبر ثان عن الطريق المقطوعة منذ يومين بين القريتين.",
        "خبر ثالث عن المدرسة التي فُتحت أبوابها هذا الأسبوع بعد طول انتظار، وقد حضر الافتتاح جمع من الآباء، وتحدثت المديرة عن نقص في الكراسي وعن وعد بإرسالها قبل نهاية الشهر.",
        "خبر رابع عن السوق وأسعاره.",
        "خبر خامس أطول قليلًا من سابقه، عن المستوصف الذي وعدت به الجماعة سكان الدوار.",
        "خبر سادس وأخير.",
    ];
    let expected = lines.map(paragraph);
    for between in ["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\n\n\n"] {
        blocks(&lines.join(between), &expected);
    }
}

#[test]
fn a_line_that_was_not_wrapped_among_wrapped_ones_is_a_paragraph() {
    let long = "وهذه فقرة نُسخت من موقع آخر فجاءت في سطر واحد طويل لا ينتهي، وفيها كلام كثير عن أشياء لا علاقة لها بما قبلها، وقد تركها صاحبها كما هي لأنه لا يعرف كيف يلفّها.";
    blocks(
        &format!(
            "هذه فقرة ملفوفة على أسطر قصيرة كما كتبها صاحبها في محرر قديم لا يلف\n\
             الأسطر وحده، وفيها سطران.\n\
             {long}\n\
             وهذه فقرة ثالثة عاد فيها إلى عادته القديمة فلفّ الأسطر بيده عند العمود\n\
             السبعين أو نحوه، ثم وضع نقطة.\n\
             وبعدها فقرة رابعة على الطريقة نفسها، لا تزيد عن سابقتها إلا بكلمة أو\n\
             كلمتين في آخرها، ولا تنقص.\n"
        ),
        &[
            paragraph("هذه فقرة ملفوفة على أسطر قصيرة كما كتبها صاحبها في محرر قديم لا يلف الأسطر وحده، وفيها سطران."),
            paragraph(long),
            paragraph(
                "وهذه فقرة ثالثة عاد فيها إلى عادته القديمة فلفّ الأسطر بيده عند العمود السبعين أو نحوه، ثم وضع نقطة.",
            ),
            paragraph("وبعدها فقرة رابعة على الطريقة نفسها، لا تزيد عن سابقتها إلا بكلمة أو كلمتين في آخرها، ولا تنقص."),
        ],
    );
}

#[test]
fn an_address_wider_than_the_lines_does_not_spoil_the_measure() {
    let url =
        "https://example.org/very/long/path/that/no/program/can/break/into/pieces/because/it/has/no/spaces/at/all.html";
    blocks(
        &format!(
            "كان النص ملفوفًا على عرض معقول في كل أسطره، إلا أن الرابط الذي فيه وهو\n\
             {url}\n\
             أطول من أسطره جميعًا، ولا ينبغي أن يفسد القياس.\n\
             وهذه فقرة ثانية تشهد على ذلك، فيها كلام كثير لا يعني شيئًا سوى أن الأسطر\n\
             تمتلئ واحدًا بعد آخر.\n"
        ),
        &[
            paragraph(&format!(
                "كان النص ملفوفًا على عرض معقول في كل أسطره، إلا أن الرابط الذي فيه وهو {url} أطول من أسطره جميعًا، \
                 ولا ينبغي أن يفسد القياس."
            )),
            paragraph("وهذه فقرة ثانية تشهد على ذلك، فيها كلام كثير لا يعني شيئًا سوى أن الأسطر تمتلئ واحدًا بعد آخر."),
        ],
    );
}

#[test]
fn a_double_spaced_text_is_read_as_if_single_spaced() {
    blocks(
        "هذا نص مزدوج المسافات بين الأسطر كما يُنسخ من الملفات القديمة، كل سطر منه\n\n\
         يتبعه سطر فارغ، ولا تنتهي الفقرة إلا حين تنتهي الجملة قبل آخر السطر بمسافة\n\n\
         كافية ليراها القارئ.\n\n\
         وهذه فقرة ثانية من النص نفسه، تمضي على الطريقة ذاتها حتى تبلغ آخرها، وقد\n\n\
         تطول قليلًا أو تقصر، والأسطر بينها فارغة كلها كما كانت في الفقرة الأولى من\n\n\
         هذا النص.\n\n",
        &[
            paragraph(
                "هذا نص مزدوج المسافات بين الأسطر كما يُنسخ من الملفات القديمة، كل سطر منه \
                 يتبعه سطر فارغ، ولا تنتهي الفقرة إلا حين تنتهي الجملة قبل آخر السطر بمسافة كافية ليراها القارئ.",
            ),
            paragraph(
                "وهذه فقرة ثانية من النص نفسه، تمضي على الطريقة ذاتها حتى تبلغ آخرها، وقد \
                 تطول قليلًا أو تقصر، والأسطر بينها فارغة كلها كما كانت في الفقرة الأولى من هذا النص.",
            ),
        ],
    );
}

#[test]
fn a_line_set_apart_at_the_head_is_the_title_and_others_are_headings() {
    check(
        "سوق الحبوب في المدينة القديمة\n\n\
         عرف السوق هذا العام إقبالًا لم يشهده منذ سنوات طويلة، بعد أن عادت القوافل\n\
         الصغيرة إلى الطريق الجبلية. ويقول التجار إن الأسعار استقرت.\n\n\
         بائعون ومشترون\n\n\
         في الزاوية الشرقية يجلس ثلاثة إخوة ورثوا الدكان عن أبيهم، ويعرضون القمح\n\
         والشعير في أكياس من الخيش.\n\n\
         خاتمة\n\
         هكذا يمضي يوم السوق.\n",
        Some("سوق الحبوب في المدينة القديمة"),
        &[
            paragraph(
                "عرف السوق هذا العام إقبالًا لم يشهده منذ سنوات طويلة، بعد أن عادت القوافل الصغيرة إلى الطريق \
                 الجبلية. ويقول التجار إن الأسعار استقرت.",
            ),
            heading("بائعون ومشترون"),
            paragraph(
                "في الزاوية الشرقية يجلس ثلاثة إخوة ورثوا الدكان عن أبيهم، ويعرضون القمح والشعير في أكياس من الخيش.",
            ),
            heading("خاتمة"),
            paragraph("هكذا يمضي يوم السوق."),
        ],
    );
}

#[test]
fn a_question_set_apart_at_the_head_is_a_title_and_a_sentence_is_not() {
    check("هل يعود الماء إلى الواحة؟\n\nعاد الماء.\n", Some("هل يعود الماء إلى الواحة؟"), &[paragraph("عاد الماء.")]);
    blocks("عاد الماء أمس.\n\nفرح الناس.\n", &[paragraph("عاد الماء أمس."), paragraph("فرح الناس.")]);
    blocks("وقال:\n\nعاد الماء.\n", &[paragraph("وقال:"), paragraph("عاد الماء.")]);
    blocks("سطر وحيد", &[paragraph("سطر وحيد")]);
}

#[test]
fn poetry_between_blank_lines_keeps_its_lines() {
    blocks(
        "قال الشاعر في مدح المدينة أبياتًا حفظها الناس وتناقلوها جيلًا بعد جيل حتى صارت\n\
         تُنشد في الأعراس والمآتم على السواء:\n\n\
         يا دارُ ما بال الرياح تنادي\n\
         والنخل يهمس في ضفاف الوادي\n\
         كلّ الذين أحبّهم رحلوا وما\n\
         تركوا سوى الأسماء في الأورادِ\n\n\
         ثم مضى الشاعر إلى بلد آخر، ولم يعد إلى مدينته إلا بعد ثلاثين عامًا، فوجد\n\
         الناس ينشدون أبياته ولا يعرفون من قالها.\n",
        &[
            paragraph(
                "قال الشاعر في مدح المدينة أبياتًا حفظها الناس وتناقلوها جيلًا بعد جيل حتى صارت تُنشد في الأعراس \
                 والمآتم على السواء:",
            ),
            verse(&[
                "يا دارُ ما بال الرياح تنادي",
                "والنخل يهمس في ضفاف الوادي",
                "كلّ الذين أحبّهم رحلوا وما",
                "تركوا سوى الأسماء في الأورادِ",
            ]),
            paragraph(
                "ثم مضى الشاعر إلى بلد آخر، ولم يعد إلى مدينته إلا بعد ثلاثين عامًا، فوجد الناس ينشدون أبياته ولا \
                 يعرفون من قالها.",
            ),
        ],
    );
}

#[test]
fn a_text_of_nothing_but_poetry_keeps_its_lines() {
    check(
        "قصيدة النهر\n\nمررتُ\nبالنهر وهو نائم\nفأيقظتُ الحصى\nولم أوقظ الماء\n\n\
         كان الصباح\nيعلّق قميصه على شجرة\nويمضي حافيًا\nإلى المدرسة\n",
        Some("قصيدة النهر"),
        &[
            verse(&["مررتُ", "بالنهر وهو نائم", "فأيقظتُ الحصى", "ولم أوقظ الماء"]),
            verse(&["كان الصباح", "يعلّق قميصه على شجرة", "ويمضي حافيًا", "إلى المدرسة"]),
        ],
    );
    let halves = [
        "على ضفة الوادي وقفتُ وحيدا    أسائل ماءً لا يجيب بعيدا",
        "فلا الطير غنّى في الغصون كعهده    ولا الزرع أضحى في الربيع جديدا",
        "كأن الليالي حين مرّت بدارنا    رمت في الزوايا صمتها والعيدا",
    ];
    blocks(&halves.join("\n"), &[verse(&halves)]);
}

#[test]
fn items_of_a_list_stay_apart_with_their_markers() {
    for (first, second, third) in [
        ("-", "-", "-"),
        ("*", "*", "*"),
        ("•", "•", "•"),
        ("1.", "2.", "3."),
        ("١.", "٢.", "٣."),
        ("١-", "٢-", "٣-"),
        ("(1)", "(2)", "(3)"),
    ] {
        let item = "كيلوغرام من السميد المتوسط الذي لم يُطحن مرتين ولم يُخلط بغيره من";
        let text = format!(
            "نحتاج لهذه الوصفة إلى ما يلي:\n{first} {item}\nالدقيق\n{second} ملعقة ملح\n{third} ثلاث بيضات\n\
             نخلط السميد والملح، ثم نضيف البيض شيئًا فشيئًا حتى تتماسك العجينة وتصير\nلينة.\n"
        );
        let expected = [
            paragraph("نحتاج لهذه الوصفة إلى ما يلي:"),
            Block::List(vec![
                format!("{first} {item} الدقيق"),
                format!("{second} ملعقة ملح"),
                format!("{third} ثلاث بيضات"),
            ]),
            paragraph("نخلط السميد والملح، ثم نضيف البيض شيئًا فشيئًا حتى تتماسك العجينة وتصير لينة."),
        ];
        blocks(&text, &expected);
        let apart = text.replace(":\n", ":\n\n").replace("بيضات\n", "بيضات\n\n");
        blocks(&apart, &expected);
    }
}

#[test]
fn the_indented_rest_of_an_item_belongs_to_it() {
    blocks(
        "  - بند أول من القائمة طويل لا يسعه سطر واحد فيمتد إلى السطر الذي يليه وقد\n    تأخر عنه بمسافتين.\n  - بند ثانٍ\n",
        &[list(&[
            "- بند أول من القائمة طويل لا يسعه سطر واحد فيمتد إلى السطر الذي يليه وقد تأخر عنه بمسافتين.",
            "- بند ثانٍ",
        ])],
    );
}

#[test]
fn numbered_lines_that_head_chapters_are_headings() {
    blocks(
        "١- المقدمة\n\
         يتناول هذا البحث تاريخ الريّ في الواحات من القرن العاشر إلى اليوم، ويقف عند\nأهم محطاته.\n\
         ٢- المنهج\n\
         اعتمدنا على الوثائق العدلية وعلى مقابلات مع شيوخ الماء في أربع واحات متجاورة،\nثم قارنّا بينها.\n",
        &[
            heading("١- المقدمة"),
            paragraph("يتناول هذا البحث تاريخ الريّ في الواحات من القرن العاشر إلى اليوم، ويقف عند أهم محطاته."),
            heading("٢- المنهج"),
            paragraph("اعتمدنا على الوثائق العدلية وعلى مقابلات مع شيوخ الماء في أربع واحات متجاورة، ثم قارنّا بينها."),
        ],
    );
}

#[test]
fn lines_of_dialogue_are_paragraphs_each() {
    blocks(
        "دخل الرجل وجلس قرب النافذة. لم يكن في المقهى أحد سوى النادل وصوت المذياع\n\
         القديم.\n\
         – هل تأخرت؟\n\
         – لا، وصلت قبل موعدك بساعة.\n\
         – القطار لا ينتظر أحدًا، وأنت تعرف ذلك أكثر مني يا صديقي، فقد عشت عمرك كله\n\
         بجانب السكة.\n\
         ثم صمتا طويلًا.\n",
        &[
            paragraph("دخل الرجل وجلس قرب النافذة. لم يكن في المقهى أحد سوى النادل وصوت المذياع القديم."),
            paragraph("– هل تأخرت؟"),
            paragraph("– لا، وصلت قبل موعدك بساعة."),
            paragraph("– القطار لا ينتظر أحدًا، وأنت تعرف ذلك أكثر مني يا صديقي، فقد عشت عمرك كله بجانب السكة."),
            paragraph("ثم صمتا طويلًا."),
        ],
    );
}

#[test]
fn a_dash_that_happens_to_begin_a_line_of_prose_begins_no_item() {
    blocks(
        "كان البيت - وهو بيت قديم من طابقين في آخر الزقاق قرب السور الشمالي للمدينة\n\
         - ملكًا لعائلة هاجرت قبل الاستقلال. وما زالت الأقفال على أبوابه، يعلوها الصدأ\n\
         ولا يجرؤ أحد على كسرها.\n",
        &[paragraph(
            "كان البيت - وهو بيت قديم من طابقين في آخر الزقاق قرب السور الشمالي للمدينة - ملكًا لعائلة هاجرت قبل \
             الاستقلال. وما زالت الأقفال على أبوابه، يعلوها الصدأ ولا يجرؤ أحد على كسرها.",
        )],
    );
}

#[test]
fn a_quotation_over_several_lines_stays_whole() {
    blocks(
        "قالت المعلّمة وهي تفتح الدفتر القديم على صفحته الأولى: «كنّا نكتب كل شيء هنا.\n\
         لم نكن نعرف من سيقرؤه. اليوم أعرف أن أحفادنا سيقرؤونه حين لا نكون معهم لنحكي.\n\
         ولذلك أكتب.» ثم أغلقته.\n",
        &[paragraph(
            "قالت المعلّمة وهي تفتح الدفتر القديم على صفحته الأولى: «كنّا نكتب كل شيء هنا. لم نكن نعرف من سيقرؤه. \
             اليوم أعرف أن أحفادنا سيقرؤونه حين لا نكون معهم لنحكي. ولذلك أكتب.» ثم أغلقته.",
        )],
    );
}

#[test]
fn hanging_paragraphs_begin_with_the_line_that_is_not_indented() {
    blocks(
        "كتاب أول في قائمة المراجع التي تبدأ من أول السطر ثم تتأخر أسطرها\n    الباقية بأربع مسافات كما في الكتب القديمة.\n\
         كتاب ثانٍ في القائمة نفسها، له عنوان طويل لا يكفيه السطر الأول\n    فيمتد إلى الثاني.\n\
         كتاب ثالث قصير.\n",
        &[
            paragraph(
                "كتاب أول في قائمة المراجع التي تبدأ من أول السطر ثم تتأخر أسطرها الباقية بأربع مسافات كما في الكتب القديمة.",
            ),
            paragraph("كتاب ثانٍ في القائمة نفسها، له عنوان طويل لا يكفيه السطر الأول فيمتد إلى الثاني."),
            paragraph("كتاب ثالث قصير."),
        ],
    );
}

#[test]
fn indented_first_lines_part_paragraphs_that_end_full() {
    for indent in ["  ", "\u{A0}\u{A0}", "\u{3000}", "\t", "    "] {
        let text = format!(
            "{indent}كان السوق يمتلئ كل خميس بالقادمين من القرى البعيدة، يحملون القمح والزيت.\n\
             {indent}لم يكن أحد يسأل عن الطريق ولا عن المطر، فقد كانت الأحاديث كلها عن الأسعار\n\
             وعن أخبار المدينة التي تصل متأخرة.\n"
        );
        assert_eq!(reflow(&text).blocks.len(), 2, "{indent:?}");
    }
}

#[test]
fn a_rule_between_two_parts_stands_alone() {
    for rule in ["***", "* * *", "----", "ـــــ"] {
        let text = format!("عاد الماء إلى الواحة.\n{rule}\nبعد عام، عاد الناس.\n");
        blocks(&text, &[paragraph("عاد الماء إلى الواحة."), paragraph(rule), paragraph("بعد عام، عاد الناس.")]);
    }
}

#[test]
fn a_word_split_over_two_lines_is_whole_again() {
    for (text, whole) in [
        ("التعاون بين الجامعتيـ\nن في السنوات المقبلة.", "التعاون بين الجامعتيـن في السنوات المقبلة."),
        ("الطاقة الكهرو-\nمغناطيسية.", "الطاقة الكهرو-مغناطيسية."),
        ("a well-\nknown story.", "a well-known story."),
        ("an inter\u{AD}\nnational story.", "an inter\u{AD}national story."),
        ("نُشر الكتاب أول مرة سنة 1398هـ\nالموافق 1978م.", "نُشر الكتاب أول مرة سنة 1398هـ الموافق 1978م."),
        ("زار المختبر -الذي دُشّن أمس-\nواطلع على ما فيه.", "زار المختبر -الذي دُشّن أمس- واطلع على ما فيه."),
        ("زار المدينة القديمة أمس كلها -\nأو قال ذلك.", "زار المدينة القديمة أمس كلها - أو قال ذلك."),
    ] {
        // A line before it that shows the width.
        let text = format!("سطر من الكلام يبيّن العرض كله،\n{text}");
        let Reflowed { blocks, .. } = reflow(&text);
        assert!(matches!(blocks.as_slice(), [Block::Paragraph(found)] if found.ends_with(whole)), "{text}: {blocks:?}");
    }
}

#[test]
fn what_is_typed_within_a_line_stays_and_controls_go() {
    blocks(
        "12\u{A0}طنًّا من الشبـــاك، می\u{200C}خواهم\u{AD}\u{7}\u{0}؛ \u{FEFF}و\u{200F}كفى\u{1B}.",
        &[paragraph("12\u{A0}طنًّا من الشبـــاك، می\u{200C}خواهم\u{AD}؛ و\u{200F}كفى.")],
    );
    // An override is closed within its paragraph, and reaches over the lines of it.
    blocks(
        "قرأ الطفل \u{202E}السطر الأول من اللوح، ثم\nالثاني.\nثم وقف ونظر إلى المعلّم الجالس أمامه\nوانتظر.",
        &[
            paragraph("قرأ الطفل \u{202E}السطر الأول من اللوح، ثم الثاني.\u{202C}"),
            paragraph("ثم وقف ونظر إلى المعلّم الجالس أمامه وانتظر."),
        ],
    );
}

#[test]
fn paragraphs_without_any_mark_come_apart_where_a_line_is_short() {
    blocks(
        "هذا نص لا نقطة في آخر فقراته لأن صاحبه لا يكتب علامات الترقيم إلا نادرا وهو\n\
         يظن أن القارئ يعرف أين يقف\n\
         ثم يبدأ فقرة ثانية بلا سطر فارغ ويمضي فيها كما مضى في الأولى دون أن يلتفت إلى\n\
         الوراء\n\
         وهذه فقرة ثالثة قصيرة\n\
         أما الرابعة فطويلة أيضا وفيها كلام كثير عن الطريق وعن الناس وعن الماء الذي لم\n\
         يصل بعد إلى القرية رغم كل الوعود\n",
        &[
            paragraph(
                "هذا نص لا نقطة في آخر فقراته لأن صاحبه لا يكتب علامات الترقيم إلا نادرا وهو يظن أن القارئ يعرف أين يقف",
            ),
            paragraph("ثم يبدأ فقرة ثانية بلا سطر فارغ ويمضي فيها كما مضى في الأولى دون أن يلتفت إلى الوراء"),
            paragraph("وهذه فقرة ثالثة قصيرة"),
            paragraph(
                "أما الرابعة فطويلة أيضا وفيها كلام كثير عن الطريق وعن الناس وعن الماء الذي لم يصل بعد إلى القرية رغم كل الوعود",
            ),
        ],
    );
}

#[test]
fn nothing_to_see_gives_no_blocks() {
    for text in ["", "\n\n", " \t\r\n", "\u{FEFF}", "\u{200F}\n\u{202E}"] {
        blocks(text, &[]);
    }
}

/// No visible character but the footer's is lost, whatever the text.
#[test]
fn no_word_is_lost_or_added() {
    let texts = [
        OASIS,
        "- ا\n\n***\n– ب\n1. ج\n(2) د\n   هـ    و\nز.",
        "ا.\n،ب\n\n\n«ج\n\nد»\n- - -\nهـ-\nو",
        "a\rb\u{2029}c\u{C}d\u{85}e",
    ];
    for text in texts {
        let Reflowed { title, blocks } = reflow(text);
        let lines = blocks.into_iter().flat_map(|block| match block {
            Block::Paragraph(text) | Block::Heading(text) => vec![text],
            Block::Verse(lines) | Block::List(lines) => lines,
        });
        let seen = |text: &str| text.chars().filter(|c| !maqal_contract::unicode::is_invisible(*c)).collect::<String>();
        let found: String = title.into_iter().chain(lines).map(|line| seen(&line)).collect();
        let expected = seen(text.trim_end().trim_end_matches("ليست هناك تعليقات:\nإرسال تعليق"));
        assert_eq!(found, expected);
    }
}
