/**
 * What is said in the states: an article and its readers, in Arabic for the languages that run from right to left, in
 * English for the others. Times are minutes ago.
 */

const article = (parts) => ({
  "@context": "https://schema.org",
  "@type": "NewsArticle",
  datePublished: "2026-11-22T09:00:00Z",
  dateModified: "2026-11-23T10:30:00Z",
  ...parts,
});

const boatyard = (description, caption) => ({
  "@type": "ImageObject",
  url: "../images/boatyard.svg",
  width: 1200,
  height: 700,
  description,
  caption,
});

const ar = {
  article: article({
    mainEntityOfPage: { "@type": "WebPage", "@id": "https://almarsa.example/2026/11/qawarib-asfi/" },
    headline: "قوارب آسفي تعود إلى أيدي صنّاعها",
    description:
      "ورشة في آخر الميناء تعلّم عشرين شابًّا بناء القوارب الخشبية كما بناها أجدادهم، ومعهم هذه المرّة آلة نحت تقرأ الرسوم.",
    articleSection: "حِرَف",
    inLanguage: "ar",
    author: { "@type": "Person", name: "ليلى بنّيس", url: "https://almarsa.example/kuttab/layla" },
    publisher: { "@type": "NewsMediaOrganization", name: "المرسى" },
    image: boatyard(
      "هيكل قارب خشبي على أعمدة، وحوله أدوات النجار",
      "هيكل قارب في ورشة الميناء قبل أن تُركَّب ألواحه. رسم: ي. الحداد",
    ),
    articleBody: `كان في ميناء آسفي قبل أربعين عامًا سبع ورش تبني القوارب، ثم لم يبقَ منها إلا واحدة، ثم أُغلقت هي أيضًا. بقي المعلّم عبد القادر يأتي كل صباح إلى الباب المقفل، ويجلس أمامه ساعة قبل أن يعود إلى بيته.

في الربيع الماضي فُتح الباب من جديد. جاءت الفكرة من معهد التكوين البحري: أن يتعلّم الطلبة من المعلّم كيف تُقرأ عروق الخشب، وأن يتعلّم المعلّم منهم كيف تُرسم الأضلاع على الشاشة. «أعطوني القلم الذي لا حبر فيه»، يقول ضاحكًا، «وأعطيتهم القَدُّوم.»`,
  }),
  /** Longer than is shown at once: the demo page's own. */
  longArticle: "../articles/souira.json",
  reader: "مريم الزياني",
  draft: "هل تُقبل الفتيات في الورشة؟ أختي تدرس النجارة، وتحلم بأن تبني قاربًا.",
  formatted: "شكرًا على هذا المقال **الجميل**.\n\n> أعطوني القلم الذي لا حبر فيه\n\nهذه الجملة وحدها تستحقّ أن تُقرأ مرّتين.",
  edited: "هل تُقبل الفتيات في الورشة؟ أختي تدرس النجارة، وتحلم بأن تبني قاربًا. رقمي عند التحرير.",
  note: "يكرّر هذا الإعلان تحت كل مقال.",
  comments: [
    { id: "pinned", name: "ليلى بنّيس", badge: "author", pinned: true, likes: 12, ago: 1500, body: "أجيب هنا عن أسئلتكم مساء كل يوم. شكرًا لكل من كتب." },
    {
      id: "master",
      name: "الحاج عمر الدكالي",
      featured: true,
      likes: 41,
      ago: 1320,
      body: "بنيتُ مع المعلّم عبد القادر تسعة قوارب. لم يكن يقيس بالمتر، كان يقيس بذراعه، وما اختلف قاربان بمقدار إصبع.",
    },
    { id: "question", name: "نجاة بنسالم", likes: 3, ago: 300, replies: 2, body: "متى يُفتح باب التسجيل؟ وهل يُشترط مستوى دراسي؟" },
    { id: "answer", parent: "question", root: "question", name: "معهد التكوين البحري", badge: "staff", likes: 8, ago: 250, body: "يُفتح في أول يناير، ولا يُشترط إلا أن يكون المترشّح قد أتمّ ستّ عشرة سنة." },
    { id: "thanks", parent: "answer", root: "question", name: "نجاة بنسالم", likes: 0, ago: 240, body: "شكرًا جزيلًا، سأكون أول الواقفين." },
    { id: "foreign", name: "Julien Morel", website: "https://julien.example/", likes: 2, ago: 95, edited: 90, body: "We have a yard like this in Douarnenez (Brittany): the oldest hand there is 82, the youngest 17." },
    { id: "last", name: "ياسين", likes: 0, ago: 4, body: "صورة الهيكل وحدها تكفي. رائحة الخشب وصلت إلى هنا!" },
  ],
  more: [
    { id: "more-1", name: "سعاد المنصوري", likes: 1, ago: 2000, body: "جدّي كان قلّافًا في العرائش، وما زال قَدُّومه عندنا." },
    { id: "more-2", name: "Hamid", likes: 0, ago: 2100, body: "أين يُباع ما تصنعه الورشة؟" },
  ],
  fresh: [
    { id: "fresh-1", name: "خديجة أيت علي", ago: 1, body: "رأيت أول قارب يوم أُنزل إلى الماء. بكى المعلّم، وبكينا معه." },
    { id: "fresh-2", name: "سفيان", ago: 0, body: "وماذا عن الخشب؟ من أين يأتي؟" },
    { id: "fresh-3", name: "وفاء ر.", ago: 0, body: "من غابة المعمورة، كما جاء في المقال السابق." },
  ],
  nested: [
    { id: "n1", name: "سفيان الراجي", likes: 6, ago: 400, replies: 9, body: "كم يعيش القارب الخشبي إن اعتُني به؟" },
    { id: "n2", parent: "n1", root: "n1", name: "الحاج عمر الدكالي", likes: 9, ago: 390, body: "خمسين سنة وأكثر. قاربي عمره سبع وأربعون." },
    { id: "n3", parent: "n2", root: "n1", name: "سفيان الراجي", likes: 0, ago: 380, body: "وكم مرّة غيّرتَ ألواحه؟" },
    { id: "n4", parent: "n3", root: "n1", name: "الحاج عمر الدكالي", likes: 5, ago: 370, body: "ثلاث مرّات. أمّا الضلوع فهي هي." },
    { id: "n5", parent: "n2", root: "n1", name: "أمينة", likes: 1, ago: 350, body: "ما اسمه؟" },
    { id: "n6", parent: "n5", root: "n1", name: "الحاج عمر الدكالي", likes: 11, ago: 340, body: "اسمه «الصابرة»، على اسم أمّي." },
    { id: "n7", name: "طارق", likes: 0, ago: 30, replies: 0, body: "حديث جميل. تابعته كلّه." },
  ],
  marks: [
    { id: "m-pinned", name: "هيئة التحرير", badge: "staff", pinned: true, likes: 2, ago: 2880, body: "نذكّر القرّاء بأن التعليق رأي صاحبه، وبأن اللطف لا يضعف الحجّة." },
    { id: "m-featured", name: "د. سعيد الفهري", website: "https://fihri.example/", featured: true, likes: 130, ago: 1440, edited: 1400, body: "درستُ تاريخ هذه الورش عشر سنين. أقدم عقد بيع وجدته كُتب في عام 1683، وفيه وصف القارب لوحًا لوحًا." },
    { id: "m-gone", name: "", state: "deleted", ago: 700, replies: 1, body: "" },
    { id: "m-under", parent: "m-gone", root: "m-gone", name: "رجاء", likes: 0, ago: 690, body: "لم أفهم قصدك، لكن شكرًا على الرابط." },
    { id: "m-author", name: "ليلى بنّيس", badge: "author", likes: 4, ago: 60, body: "صحّحنا تاريخ إغلاق الورشة بعد تنبيه أحد القرّاء." },
  ],
  spam: { id: "spam", name: "عروض اليوم", likes: 0, ago: 12, body: "أرخص الأسعار عندنا فقط! راسلونا الآن، وانقلوا هذا الخبر إلى أصحابكم." },
  spamAgain: { id: "spam-2", name: "عروض اليوم", likes: 0, ago: 9, body: "العرض ينتهي الليلة!" },
  long: [
    "قرأت المقال مرّتين، وأريد أن أضيف ما أعرفه عن الورش الأخرى، لأن آسفي لم تكن وحدها.",
    "في العرائش كان القلّافون يعملون على ضفّة اللوكوس، وكانت القوارب تُبنى في العراء، فإذا هطل المطر غُطّيت بشراع قديم.",
    "وفي الصويرة كانوا يأخذون خشب العرعر من الجبال القريبة، وهو خشب ثقيل لا تدخله الدودة، ورائحته لا تفارق القارب حتى يموت.",
    "أمّا في أكادير فقد ذهب كل شيء في ليلة واحدة مع الزلزال، ولم يعد من الصنّاع إلا رجلان، أحدهما أبي.",
    "كان أبي يقول إن القارب يُبنى من الداخل: تضع الضلع الأول، وتنتظر، وتنظر إليه من بعيد، ثم تسأل نفسك هل يطفو هذا الضلع وحده؟",
    "لم أفهم كلامه إلا حين رأيت أول قارب بنيته ينقلب في الميناء أمام الناس جميعًا.",
    "من يومها صرت أنتظر وأنظر. والانتظار، يا سادتي، لا تعلّمه آلة.",
    "ومع ذلك لست ضدّ الآلة. دخلت الورشة في الصيف، ورأيت الطلبة يرسمون الضلع على الشاشة ويديرونه كما يدير المرء تفاحة في يده.",
    "تمنّيت لو رأى أبي ذلك. كان سيضحك أولًا، ثم يطلب أن يجرّب.",
    "أرجو فقط ألّا ننسى أسماء الأدوات. لكل أداة اسم، وفي كل اسم حكاية: القَدُّوم، والمِنقار، والبَريمة، والشاقول.",
    "إن ضاعت الأسماء ضاعت الأيدي بعدها. فليكتبها الطلبة على الجدار، وليقرأها كل من يدخل.",
  ].join("\n\n"),
};

const en = {
  article: article({
    mainEntityOfPage: { "@type": "WebPage", "@id": "https://harbour.example/2026/11/boats-of-safi/" },
    headline: "The boats of Safi return to the hands that built them",
    description:
      "At the far end of the harbour twenty apprentices learn to build wooden boats as their grandparents did, with one newcomer among the tools: a router that reads drawings.",
    articleSection: "Craft",
    inLanguage: "en",
    author: { "@type": "Person", name: "Layla Bennis", url: "https://harbour.example/authors/layla" },
    publisher: { "@type": "NewsMediaOrganization", name: "The Harbour" },
    image: boatyard(
      "The frame of a wooden boat on posts, a carpenter's tools around it",
      "A frame in the harbour's yard before its planks go on. Drawing: Y. Haddad",
    ),
    articleBody: `Forty years ago seven yards built boats in the harbour of Safi. Then there was one, and then that one closed too. Master Abdelkader still came to its locked door every morning, sat there for an hour, and went home.

Last spring the door opened again. The idea was the maritime school's: its students would learn from the master how to read the grain of a plank, and he would learn from them how a rib is drawn on a screen. “They gave me the pen that has no ink,” he says and laughs. “I gave them the adze.”`,
  }),
  longArticle: article({
    mainEntityOfPage: { "@type": "WebPage", "@id": "https://harbour.example/2026/11/the-water-clock/" },
    headline: "The village that still shares its water by the clock",
    description: "In an oasis south of the Atlas a bowl with a hole in it has decided for six hundred years whose field drinks next.",
    articleSection: "Water",
    inLanguage: "en",
    author: { "@type": "Person", name: "Idris Amezian" },
    publisher: { "@type": "NewsMediaOrganization", name: "The Harbour" },
    articleBody: `Before dawn Brahim sets a copper bowl on the water of a larger one and waits. The bowl has a hole no wider than a needle. When it is full it sinks with a small sound, and somewhere below, between the palms, a man opens one channel and closes another.

The bowl has a name, tanast, and the man who watches it has an office that his family has held for nine generations. He does not own the water, he says; he owns the waiting. Whoever has a share in the spring has a number of bowls in a cycle of eleven days, and everybody knows everybody's number, as one knows the birthdays of cousins.

The spring gives less than it did. When his grandfather watched the bowl it sank a hundred and twelve times between one sunrise and the next, and each time the stream below was as wide as a door. It sinks as often today, since copper and needles have not changed, but what runs in the channel in the meantime would fit into a sleeve.

So the village has begun to do something that its elders would have found indecent: it counts litres. A young engineer, back from the city, has put a gauge where the spring leaves the rock and a screen on the wall of the cooperative. For a year the two clocks ran side by side. Where they differed the assembly met, drank its tea, and believed the bowl.

Then came the summer without a cloud. The gauge said in May what the bowl could only say in August: there would not be enough for the upper gardens. The assembly met twice in a week. The owners of the oldest shares gave up one bowl in five, for one season, and had it written down, which had never been done before either.

Nobody calls it a success. Three gardens were lost, and a family has moved to Agadir. But the dates were good, and no channel was opened at night, which is the thing one fears in a dry year more than the drought itself. The engineer says that the gauge did not save the gardens; trust in the bowl did, and the gauge only told the trust where to look.

There is talk of putting the bowl into a museum. Brahim has heard of it. A museum is fine, he says, as long as it opens before dawn. He lifts the bowl out, shakes off the water, and sets it down again, and it begins to fill as if there had never been any other time than this.

On the way down he shows the old marks on the wall of the basin, each a hand's breadth lower than the last, and dated. The lowest is his own. Next to it there is room for one more, and he has left the chisel lying there, in case.`,
  }),
  reader: "Maryam Ziani",
  draft: "Are girls admitted? My sister studies carpentry and dreams of building a boat.",
  formatted: "Thank you for this **lovely** piece.\n\n> They gave me the pen that has no ink\n\nThat sentence alone is worth reading twice.",
  edited: "Are girls admitted? My sister studies carpentry and dreams of building a boat. The editors have my number.",
  note: "The same advertisement stands under every article.",
  comments: [
    { id: "pinned", name: "Layla Bennis", badge: "author", pinned: true, likes: 12, ago: 1500, body: "I answer your questions here every evening. Thanks to all who wrote." },
    {
      id: "master",
      name: "Omar Doukkali",
      featured: true,
      likes: 41,
      ago: 1320,
      body: "I built nine boats with Master Abdelkader. He never measured in metres; he measured by his forearm, and no two boats differed by a finger.",
    },
    { id: "question", name: "Najat Bensalem", likes: 3, ago: 300, replies: 2, body: "When does enrolment open? And is there a level of schooling one must have?" },
    { id: "answer", parent: "question", root: "question", name: "Maritime School", badge: "staff", likes: 8, ago: 250, body: "On the first of January. All that is asked is to be sixteen." },
    { id: "thanks", parent: "answer", root: "question", name: "Najat Bensalem", likes: 0, ago: 240, body: "Thank you! I shall be the first in the queue." },
    { id: "foreign", name: "سعيد الركراكي", website: "https://said.example/", likes: 2, ago: 95, edited: 90, body: "عندنا في الصويرة ورشة مثلها، أكبر من فيها في الثانية والثمانين (وما زال يعمل)." },
    { id: "last", name: "Yasin", likes: 0, ago: 4, body: "The picture of the frame is enough. I can smell the wood from here!" },
  ],
  more: [
    { id: "more-1", name: "Souad Mansouri", likes: 1, ago: 2000, body: "My grandfather caulked boats in Larache. We still have his adze." },
    { id: "more-2", name: "Hamid", likes: 0, ago: 2100, body: "Where can one buy what the yard makes?" },
  ],
  fresh: [
    { id: "fresh-1", name: "Khadija Ait Ali", ago: 1, body: "I saw the first boat go into the water. The master wept, and so did we." },
    { id: "fresh-2", name: "Sofian", ago: 0, body: "And the wood? Where does it come from?" },
    { id: "fresh-3", name: "Wafa R.", ago: 0, body: "From the forest of Mamora, as the last article said." },
  ],
  nested: [
    { id: "n1", name: "Sofian Raji", likes: 6, ago: 400, replies: 9, body: "How long does a wooden boat live if it is looked after?" },
    { id: "n2", parent: "n1", root: "n1", name: "Omar Doukkali", likes: 9, ago: 390, body: "Fifty years and more. Mine is forty-seven." },
    { id: "n3", parent: "n2", root: "n1", name: "Sofian Raji", likes: 0, ago: 380, body: "And how often were its planks changed?" },
    { id: "n4", parent: "n3", root: "n1", name: "Omar Doukkali", likes: 5, ago: 370, body: "Three times. The ribs are the same." },
    { id: "n5", parent: "n2", root: "n1", name: "Amina", likes: 1, ago: 350, body: "What is it called?" },
    { id: "n6", parent: "n5", root: "n1", name: "Omar Doukkali", likes: 11, ago: 340, body: "“Sabira”, the patient one, after my mother." },
    { id: "n7", name: "Tarik", likes: 0, ago: 30, replies: 0, body: "A fine conversation. I read all of it." },
  ],
  marks: [
    { id: "m-pinned", name: "The editors", badge: "staff", pinned: true, likes: 2, ago: 2880, body: "A comment is its writer's opinion. Kindness never weakened an argument." },
    { id: "m-featured", name: "Dr Said Fihri", website: "https://fihri.example/", featured: true, likes: 130, ago: 1440, edited: 1400, body: "I studied these yards for ten years. The oldest bill of sale I found is of 1683 and describes the boat plank by plank." },
    { id: "m-gone", name: "", state: "deleted", ago: 700, replies: 1, body: "" },
    { id: "m-under", parent: "m-gone", root: "m-gone", name: "Raja", likes: 0, ago: 690, body: "I did not see what you meant, but thank you for the link." },
    { id: "m-author", name: "Layla Bennis", badge: "author", likes: 4, ago: 60, body: "We corrected the year in which the yard closed, as a reader told us." },
  ],
  spam: { id: "spam", name: "Offers of the day", likes: 0, ago: 12, body: "Lowest prices, only here! Write to us now, and tell your friends." },
  spamAgain: { id: "spam-2", name: "Offers of the day", likes: 0, ago: 9, body: "The offer ends tonight!" },
  long: [
    "I read the article twice and want to add what I know of the other yards, since Safi was not the only one.",
    "In Larache the shipwrights worked on the bank of the Loukkos. Boats were built in the open, and when it rained an old sail was drawn over them.",
    "In Essaouira they took the thuya of the hills nearby, a heavy wood that no worm enters, and whose scent never leaves the boat until it dies.",
    "In Agadir everything went in one night with the earthquake. Only two of the builders came back, and one of them was my father.",
    "My father used to say that a boat is built from within: you set the first rib, you wait, you look at it from afar, and then you ask yourself whether that rib would float alone.",
    "I did not understand him until I saw the first boat that I built turn over in the harbour before everybody.",
    "From that day on I wait and look. And waiting, dear readers, is taught by no machine.",
    "Not that I am against the machine. I went into the yard in summer and saw the students draw a rib on the screen and turn it as one turns an apple in the hand.",
    "I wished that my father had seen it. He would have laughed first, and then asked for a try.",
    "I only hope that we do not forget the names of the tools. Each has a name, and in each name there is a story: the adze, the slick, the auger, the plumb.",
    "When the names are lost the hands are lost after them. Let the students write them on the wall, for all who come in to read.",
  ].join("\n\n"),
};

const RIGHT_TO_LEFT = ["ar", "fa", "ur", "he", "ckb"];

/** Whether a language runs from right to left. */
export const isRightToLeft = (lang) => RIGHT_TO_LEFT.includes(lang.split("-")[0]);

/** The texts for a card in `lang`. */
export const textsFor = (lang) => (isRightToLeft(lang) ? ar : en);
