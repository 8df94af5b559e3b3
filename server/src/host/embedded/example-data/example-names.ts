/** A name as it is written, and as it stands in a login and a mail address. */
export type Name = readonly [written: string, latin: string];

export interface NameGroup {
  readonly country: string;
  readonly customers: readonly { readonly customerId: string; readonly name: string; readonly city: string }[];
  readonly firstNames: readonly Name[];
  readonly lastNames: readonly Name[];
}

/** Made up, in the scripts that a helpdesk meets. Ten first and five last names make fifty people each. */
export const nameGroups: readonly NameGroup[] = [
  {
    country: 'Deutschland',
    customers: [
      { customerId: 'aurora', name: 'Aurora Bäckereien GmbH', city: 'Köln' },
      { customerId: 'moewe', name: 'Möwe & Söhne Reederei', city: 'Lübeck' },
    ],
    firstNames: [
      ['Jürgen', 'juergen'], ['Käthe', 'kaethe'], ['Sören', 'soeren'], ['Zoë 🌻', 'zoe'], ['Björn', 'bjoern'],
      ['Anna-Lena', 'anna-lena'], ['Günther', 'guenther'], ['Heike', 'heike'], ['Jörg', 'joerg'], ['Änne', 'aenne'],
    ],
    lastNames: [['Müller', 'mueller'], ['Groß', 'gross'], ['Schäfer', 'schaefer'], ['Weiß', 'weiss'], ["D'Angelo", 'dangelo']],
  },
  {
    country: 'España',
    customers: [
      { customerId: 'olivar', name: 'Olivar del Sur, S.A.', city: 'Jaén' },
      { customerId: 'cafe-soleil', name: 'Café Soleil ☀️', city: 'Besançon' },
    ],
    firstNames: [
      ['José', 'jose'], ['Íñigo', 'inigo'], ['Begoña', 'begona'], ['Éloïse', 'eloise'], ['François', 'francois'],
      ['Noëlle', 'noelle'], ['João', 'joao'], ['Conceição', 'conceicao'], ['Chloé', 'chloe'], ['Núria', 'nuria'],
    ],
    lastNames: [['Peña', 'pena'], ['Gonçalves', 'goncalves'], ['Lefèvre', 'lefevre'], ['Ibáñez', 'ibanez'], ['Esquius i Puig', 'esquius']],
  },
  {
    country: 'Polska',
    customers: [
      { customerId: 'zaba', name: 'Żaba Ogrodnictwo', city: 'Łódź' },
      { customerId: 'fjord', name: 'Fjord Fiskeri ASA', city: 'Tromsø' },
    ],
    firstNames: [
      ['Łukasz', 'lukasz'], ['Małgorzata', 'malgorzata'], ['Řehoř', 'rehor'], ['Žofie', 'zofie'], ['Åse', 'aase'],
      ['Øyvind', 'oyvind'], ['Þóra', 'thora'], ['Ágnes', 'agnes'], ['Ștefan', 'stefan'], ['Ánh', 'anh'],
    ],
    lastNames: [['Wiśniewska', 'wisniewska'], ['Dvořák', 'dvorak'], ['Sørensen', 'sorensen'], ['Kovács', 'kovacs'], ['Nguyễn', 'nguyen']],
  },
  {
    country: 'Україна',
    customers: [
      { customerId: 'mriya', name: 'Мрія Логістика', city: 'Львів' },
      { customerId: 'bereza', name: 'Мебельная фабрика «Берёза»', city: 'Пловдив' },
    ],
    firstNames: [
      ['Олена', 'olena'], ['Іван', 'ivan'], ['Ольга', 'olga'], ['Дмитро', 'dmytro'], ['Юлія', 'yuliia'],
      ['Сергей', 'sergey'], ['Надежда', 'nadezhda'], ['Фёдор', 'fyodor'], ['Георги', 'georgi'], ['Ђорђе', 'djordje'],
    ],
    lastNames: [['Шевченко', 'shevchenko'], ['Щербак', 'shcherbak'], ['Петрова', 'petrova'], ['Їжакевич', 'yizhakevych'], ['Љубичић', 'ljubicic']],
  },
  {
    country: 'Ελλάδα',
    customers: [{ customerId: 'elia', name: 'Ελιά Εμπορική', city: 'Καλαμάτα' }, { customerId: 'thalassa', name: 'Θάλασσα Α.Ε.', city: 'Πειραιάς' }],
    firstNames: [
      ['Γιώργος', 'giorgos'], ['Ελένη', 'eleni'], ['Νίκος', 'nikos'], ['Κατερίνα', 'katerina'], ['Οδυσσέας', 'odysseas'],
      ['Χρύσα', 'chrysa'], ['Ξένια', 'xenia'], ['Ψαραντώνης', 'psarantonis'], ['Άγγελος', 'angelos'], ['Ζωή', 'zoi'],
    ],
    lastNames: [['Παπαδόπουλος', 'papadopoulos'], ['Οικονόμου', 'oikonomou'], ['Ηλιάδης', 'iliadis'], ['Σταύρου', 'stavrou'], ['Βλάχου', 'vlachou']],
  },
  {
    country: 'مصر',
    customers: [{ customerId: 'nil', name: 'شركة النيل للتجارة', city: 'القاهرة' }, { customerId: 'zaytuna', name: 'زيتونة 2000', city: 'عمّان' }],
    firstNames: [
      ['محمد', 'mohamed'], ['فاطمة', 'fatima'], ['أحمد', 'ahmed'], ['ليلى', 'layla'], ['يوسف', 'yusuf'],
      ['مريم', 'maryam'], ['خالد', 'khalid'], ['نور', 'nour'], ['عمر', 'omar'], ['هدى', 'huda'],
    ],
    lastNames: [['الحسن', 'alhasan'], ['عبد الله', 'abdallah'], ['منصور', 'mansour'], ['النجار', 'alnajjar'], ['سليمان', 'suleiman']],
  },
  {
    country: 'ישראל',
    customers: [{ customerId: 'rimon', name: 'רימון תוכנה בע״מ', city: 'חיפה' }],
    firstNames: [
      ['שרה', 'sara'], ['דוד', 'david'], ['רחל', 'rachel'], ['יעקב', 'yaakov'], ['מרים', 'miriam'],
      ['אברהם', 'avraham'], ['נועה', 'noa'], ['אורי', 'uri'], ['תמר', 'tamar'], ['איתן', 'eitan'],
    ],
    lastNames: [['כהן', 'cohen'], ['לוי', 'levi'], ['מזרחי', 'mizrahi'], ['פרץ', 'peretz'], ['בן־דוד', 'ben-david']],
  },
  {
    country: 'भारत',
    customers: [{ customerId: 'kamal', name: 'कमल वस्त्र उद्योग', city: 'मुंबई' }, { customerId: 'himalaya', name: 'हिमालय चाय', city: 'काठमाडौँ' }],
    firstNames: [
      ['अनिल', 'anil'], ['सुनीता', 'sunita'], ['राजेश', 'rajesh'], ['प्रिया', 'priya'], ['विक्रम', 'vikram'],
      ['कृष्णा', 'krishna'], ['दीपिका', 'deepika'], ['अर्जुन', 'arjun'], ['लक्ष्मी', 'lakshmi'], ['संजय', 'sanjay'],
    ],
    lastNames: [['शर्मा', 'sharma'], ['गुप्ता', 'gupta'], ['सिंह', 'singh'], ['पाटील', 'patil'], ['श्रेष्ठ', 'shrestha']],
  },
  {
    country: '日本',
    customers: [{ customerId: 'sakura', name: '株式会社さくら電機', city: '京都' }, { customerId: 'fuji-kissa', name: '喫茶フジ 🍵', city: '静岡' }],
    firstNames: [
      ['太郎', 'taro'], ['花子', 'hanako'], ['さくら', 'sakura'], ['健一', 'kenichi'], ['ユミ', 'yumi'],
      ['大翔', 'hiroto'], ['美咲', 'misaki'], ['蓮', 'ren'], ['結衣', 'yui'], ['翔太', 'shota'],
    ],
    lastNames: [['佐藤', 'sato'], ['鈴木', 'suzuki'], ['髙橋', 'takahashi'], ['渡邉', 'watanabe'], ['𠮷田', 'yoshida']],
  },
  {
    country: '中国',
    customers: [{ customerId: 'longmen', name: '龙门科技有限公司', city: '深圳' }],
    firstNames: [
      ['伟', 'wei'], ['芳', 'fang'], ['娜', 'na'], ['秀英', 'xiuying'], ['敏', 'min'],
      ['静', 'jing'], ['强', 'qiang'], ['磊', 'lei'], ['洋', 'yang'], ['艳', 'yan'],
    ],
    lastNames: [['王', 'wang'], ['李', 'li'], ['张', 'zhang'], ['刘', 'liu'], ['欧阳', 'ouyang']],
  },
  {
    country: '대한민국',
    customers: [{ customerId: 'haneul', name: '하늘소프트 주식회사', city: '서울' }, { customerId: 'bada', name: '바다수산', city: '부산' }],
    firstNames: [
      ['민준', 'minjun'], ['서연', 'seoyeon'], ['지훈', 'jihun'], ['수빈', 'subin'], ['하은', 'haeun'],
      ['도윤', 'doyun'], ['지우', 'jiwoo'], ['예준', 'yejun'], ['채원', 'chaewon'], ['현우', 'hyunwoo'],
    ],
    lastNames: [['김', 'kim'], ['이', 'lee'], ['박', 'park'], ['최', 'choi'], ['남궁', 'namgung']],
  },
];
