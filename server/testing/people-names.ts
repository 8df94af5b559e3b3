/** A name as it is written, and as it is spelled in logins and mail addresses. */
export type Name = readonly [written: string, spelled: string];

export interface Tongue {
  readonly country: string;
  /** Of a hundred people, so many. */
  readonly share: number;
  readonly firstNames: readonly Name[];
  readonly lastNames: readonly Name[];
  readonly cities: readonly string[];
  readonly streets: readonly string[];
}

const names = (text: string): Name[] =>
  text.split(' ').map((pair): Name => {
    const [written = '', spelled = written] = pair.split('=');
    return [written.replaceAll('_', ' '), spelled.toLowerCase().replaceAll('_', '-')];
  });
const words = (text: string): string[] => text.split(' ').map((word) => word.replaceAll('_', ' '));

export const tongues: readonly Tongue[] = [
  {
    country: 'Deutschland',
    share: 34,
    firstNames: names('Anna Jürgen=juergen Käthe=kaethe Lukas Marie Björn=bjoern Sören=soeren Katharina Jonas Renate Günther=guenther Ute Heinz-Peter Sabine Wolfgang'),
    lastNames: names('Müller=mueller Schmidt Großmann=grossmann Köhler=koehler Weiß=weiss Schäfer=schaefer Zimmermann Bäcker=baecker Wagner von_der_Heide Böhm=boehm Lehmann Fuchs Krämer=kraemer Vogt'),
    cities: words('München Köln Düsseldorf Straubing Göttingen Bonn Würzburg'),
    streets: words('Hauptstraße Lindenallee Am_Mühlgraben Königsplatz Gärtnerweg'),
  },
  {
    country: 'France',
    share: 12,
    firstNames: names('Zoé=zoe Hélène=helene François=francois Noël=noel Amélie=amelie Jérôme=jerome Chloé=chloe Benoît=benoit Marie-Thérèse=marie-therese'),
    lastNames: names('Lefèvre=lefevre Dubois Garçon=garcon Bérénger=berenger Moreau Desprès=despres D’Aubigné=daubigne Guérin=guerin Lacôte=lacote'),
    cities: words('Orléans Besançon Nîmes Saint-Étienne Lyon'),
    streets: words('rue_de_l’Église avenue_Victor_Hugo allée_des_Tilleuls'),
  },
  {
    country: 'España',
    share: 10,
    firstNames: names('José=jose María=maria Iñaki=inaki Begoña=begona Andrés=andres Lucía=lucia Óscar=oscar'),
    lastNames: names('Muñoz=munoz García=garcia Ibáñez=ibanez Núñez=nunez López=lopez Peña=pena Castaño=castano'),
    cities: words('Cádiz Málaga León Logroño'),
    streets: words('calle_Mayor plaza_de_España paseo_del_Río'),
  },
  {
    country: 'Polska',
    share: 8,
    firstNames: names('Łukasz=lukasz Małgorzata=malgorzata Zażka=zazka Grażyna=grazyna Michał=michal Agnieszka'),
    lastNames: names('Wójcik=wojcik Kowalczyk Dąbrowska=dabrowska Żak=zak Łęcki=lecki Świątek=swiatek'),
    cities: words('Łódź Kraków Gdańsk Poznań'),
    streets: words('ulica_Długa aleja_Róż'),
  },
  {
    country: 'Ireland',
    share: 8,
    firstNames: names('Siobhán=siobhan Seán=sean Niamh Conor Aoife'),
    lastNames: names("O'Brien=obrien O'Connor=oconnor Murphy MacGrath Ó_Súilleabháin=o-suilleabhain"),
    cities: words('Dublin Cork Dún_Laoghaire'),
    streets: words('Main_Street Church_Lane St_Stephen’s_Green'),
  },
  {
    country: 'Україна',
    share: 8,
    firstNames: names('Олена=olena Іван=ivan Наталія=nataliia Юрій=yurii Світлана=svitlana Дмитро=dmytro'),
    lastNames: names('Шевченко=shevchenko Коваленко=kovalenko Їжакевич=yizhakevych Ткаченко=tkachenko Бондар=bondar'),
    cities: words('Київ Львів Одеса'),
    streets: words('вулиця_Хрещатик проспект_Свободи'),
  },
  {
    country: 'Ελλάδα',
    share: 6,
    firstNames: names('Γιώργος=giorgos Ελένη=eleni Νίκος=nikos Αθηνά=athina Σπύρος=spyros'),
    lastNames: names('Παπαδόπουλος=papadopoulos Αντωνίου=antoniou Γεωργίου=georgiou Ωραιόπουλος=oraiopoulos'),
    cities: words('Αθήνα Θεσσαλονίκη Πάτρα'),
    streets: words('οδός_Ερμού λεωφόρος_Συγγρού'),
  },
  {
    country: 'مصر',
    share: 5,
    firstNames: names('محمد=mohamed فاطمة=fatma أحمد=ahmed مريم=mariam يوسف=youssef'),
    lastNames: names('حسن=hassan المصري=elmasry عبد_الله=abdallah خليل=khalil'),
    cities: words('القاهرة الإسكندرية'),
    streets: words('شارع_النيل ميدان_التحرير'),
  },
  {
    country: 'ישראל',
    share: 3,
    firstNames: names('נועה=noa דוד=david רחל=rachel יוסף=yosef'),
    lastNames: names('כהן=cohen לוי=levi מזרחי=mizrahi פרץ=peretz'),
    cities: words('חיפה ירושלים'),
    streets: words('רחוב_הרצל שדרות_רוטשילד'),
  },
  {
    country: '日本',
    share: 5,
    firstNames: names('花子=hanako 太郎=taro さくら=sakura 健一=kenichi'),
    lastNames: names('山田=yamada 佐藤=sato 髙橋=takahashi 渡邊=watanabe'),
    cities: words('東京 京都 札幌'),
    streets: words('銀座四丁目 四条通'),
  },
  {
    country: 'Nederland',
    share: 1,
    firstNames: names('Zoë👩‍💻=zoe Daniël🌻=daniel'),
    lastNames: names("van_'t_Hoff=vant-hoff Ruĳter🚲=ruijter"),
    cities: words('’s-Hertogenbosch Zoetermeer'),
    streets: words('Kerkstraat'),
  },
];

export const trades = words('Maschinenbau Logistics Éditions Farmacia Тепло Kliniken Elektro Ναυτιλία Optik 商事 Брокер Solar Textil Αρτοποιία Verlag');
export const forms = words('GmbH AG & S.A. Ltd ООД SARL B.V. e.V. Α.Ε. 株式会社');
