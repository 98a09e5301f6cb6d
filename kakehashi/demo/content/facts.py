"""The account book: what the agency knows of its clients' businesses, and how it knows."""

from __future__ import annotations

from typing import NamedTuple


class FactRow(NamedTuple):
    """Something known of a client, by somebody who serves it; `days` since it was so."""

    account: str
    topic: str
    by: str
    days: int
    source: str
    text: str


FACTS = (
    # 雷鳥自動車
    FactRow("RAICHO", "market", "saionji", 70, "先方グローバル会議 資料", "海外の販売計画は東南アジア優先。英国は現状維持で、媒体費は前年の95%で組む。"),
    FactRow("RAICHO", "people", "saionji", 200, "CMO面談", "CMOは技術出身。感性の話より、生活者の使い方の事実から入ると動く。"),
    FactRow("RAICHO-JP", "calendar", "oba", 240, "年度方針説明会", "決算は3月。予算は1月に内示、3月の取締役会で確定、4月1日に発効。11月の中間見直しで1割は動く。"),
    FactRow("RAICHO-JP", "calendar", "ninomiya", 40, "清水様 定例", "大型の出稿は3月と9月。8月の2週目は先方が全社休業で、承認が止まる。"),
    FactRow("RAICHO-JP", "working", "ninomiya", 55, "清水様 定例", "承認の経路は清水課長→岡部長→(5,000万円以上は)CMO。木曜の部内会議を逃すと一週間延びる。"),
    FactRow("RAICHO-JP", "working", "shindo", 130, "法務部との打合せ", "燃費・安全・価格の表現は、根拠資料を添えて法務部に5営業日前までに出す。"),
    FactRow("RAICHO-JP", "people", "oba", 100, "岡部長 会食", "岡部長は来春の異動の可能性。後任は商品企画から来ると見ている。関係をいまから作る。"),
    FactRow("RAICHO-JP", "rival", "mori", 25, "販売店10店 聞き取り", "店頭で最後に比べられるのは月影の軽と、他社の小型2車種。下取り額で負ける例が多い。"),
    FactRow("RAICHO-JP", "market", "mori", 90, "生活者調査(当社, n=1,200)", "買い替えのきっかけは車検が4割、家族の変化が3割。広告を見て来店した人は半年前から候補を決めている。"),
    FactRow("RAICHO-JP-TSUBAME", "product", "ninomiya", 35, "商品説明会", "年次改良は10月。安全装備を全車標準にし、価格は据え置く。色は2色入れ替え。"),
    FactRow("RAICHO-JP-TSUBAME", "market", "ninomiya", 60, "登録台数の統計", "購入者の6割が女性、平均年齢は52歳。二台目としての購入が増えている。"),
    FactRow("RAICHO-JP-MINE", "product", "kadokura", 20, "商品企画 ミネ主査", "ハイブリッドの追加は来年度。それまでは四駆の性能で引っ張る。"),
    FactRow("RAICHO-JP-MINE", "calendar", "kadokura", 48, "年間計画書", "雪の前(10〜11月)と新生活(2〜3月)の二山。夏はキャンプ場での体験会に寄せる。"),
    FactRow("RAICHO-JP-KANSAI", "working", "temma", 210, "本部長 電話", "統合が終わるまで新規の発注はない。共同広告の精算だけが残っている(検収は済み)。"),
    FactRow("RAICHO-SG", "market", "priya", 45, "Client's quarterly review", "Certificates of entitlement decide the month; we buy media two weeks after each bidding exercise."),
    FactRow("RAICHO-SG", "working", "aisyah", 30, "Weekly call", "Grace Ong signs off up to SGD 80,000 by herself. Above that Nagoya decides, which takes nine working days."),
    FactRow("RAICHO-UK", "rival", "oliver", 75, "Dealer visit, Leeds", "Dealers lose Mine buyers to nearly-new imports, not to other showrooms."),
    # 月影モータース
    FactRow("TSUKI-JP", "calendar", "kirishima", 230, "年度キックオフ", "予算は10月起案、12月役員会、1月内示。4月から9月に6割を使う。"),
    FactRow("TSUKI-JP", "working", "toyama", 28, "有馬様 定例", "校正はポータルで一度にまとめて返ってくる。再校は原則一回、三校からは費用を別に立てる。"),
    FactRow("TSUKI-JP", "rival", "chigira", 50, "ブランド調査 上期", "「静かな車」の想起は首位。ただし35歳以下では海外のEVに抜かれた。"),
    FactRow("TSUKI-JP", "people", "kirishima", 150, "部長面談", "部長は数字に強い。GRPの積み上げより、来店一件あたりの費用で聞かれる。"),
    FactRow("TSUKI-JP-OBORO", "product", "kazama", 33, "EV事業部 説明会", "航続距離の表示は新基準に切り替え中。旧表示の素材は今月末で使えなくなる。"),
    FactRow("TSUKI-JP-OBORO", "market", "kazama", 110, "販売会社アンケート", "検討をやめた理由の一位は自宅で充電できないこと。集合住宅向けの提案を求められている。"),
    FactRow("TSUKI-JP-KOYOI", "market", "toyama", 80, "地方紙の読者調査", "購入者の7割が人口10万人未満の市町村。テレビより地方紙と折込が効く。"),
    FactRow("TSUKI-SG", "people", "marcus", 64, "Lunch with the MD", "Desmond Koh will retire next year; his successor comes from the finance side."),
    # 白糸飲料
    FactRow("SHIRAITO", "calendar", "onodera", 180, "年間計画書", "決算は12月。出稿は4〜8月に7割。棚替えの商談は2月と8月で、広告案はその一か月前に要る。"),
    FactRow("SHIRAITO", "market", "otowa", 52, "小売POS(先方提供)", "無糖茶は前年比104%、水は108%、缶コーヒーは91%。容器は600mlが伸びている。"),
    FactRow("SHIRAITO", "working", "sawaki", 95, "宣伝部 媒体課", "スポットはコの字。線引きは媒体課長が自分で見る。改編期の前に必ず一度訪問する。"),
    FactRow("SHIRAITO", "rival", "onodera", 66, "営業会議", "緑茶では琥珀の夕映えが関西の量販で棚を取っている。東日本ではまだ2%に満たない。"),
    FactRow("SHIRAITO-CHA", "product", "tokiwa", 15, "木戸様 打合せ", "来春に茶葉を切り替える。産地の名は出さず、淹れ方で語る方針。"),
    FactRow("SHIRAITO-CHA", "people", "tokiwa", 44, "木戸様 定例", "木戸様はコンタクトレポートを当日中に確認する。遅いと不安がる。翌朝9時までに送る。"),
    FactRow("SHIRAITO-MIZU", "calendar", "himeno", 160, "年間計画書", "防災月間(9月)に合わせて備蓄の広告。2リットルの箱売りに寄せる。"),
    FactRow("SHIRAITO-COFFEE", "market", "himeno", 38, "自販機チーム", "自販機の売上は気温25度を境に半減する。夏は無糖だけを打つ。"),
    # 琥珀ビバレッジ
    FactRow("KOHAKU", "people", "nakatsu", 170, "部長 訪問", "部長は決めるのが早いが、オンラインの会議では決めない。月二回は本社に行く。"),
    FactRow("KOHAKU", "working", "temma", 58, "宣伝部 課長", "競合の扱いを気にしている。東京の同業担当との接点がないことを半期ごとに書面で出す。"),
    FactRow("KOHAKU-SODA", "calendar", "temma", 120, "年間計画書", "復刻瓶は6月発売。夏祭りの協賛は3月に決まる。"),
    FactRow("KOHAKU-CHA", "market", "sumiyoshi", 36, "量販店バイヤー", "関西の量販では定番に入った。次は中国・四国。配荷が5割を超えるまでテレビは打たない。"),
    # 花筏化粧品
    FactRow("HANA", "market", "shirakawa", 85, "ブランド戦略会議", "海外売上は2割。英国と台湾を伸ばし、5年で4割にする計画。"),
    FactRow("HANA-JP", "working", "utsumi", 72, "薬事部 打合せ", "効能表現は薬事部の確認が先。5営業日みる。「うるおう」は可、「治る」は不可。比較は不可。"),
    FactRow("HANA-JP", "calendar", "hatano", 140, "年間計画書", "新製品は2月と8月。雑誌は三か月前に入稿、店頭は六週間前に色校。"),
    FactRow("HANA-JP-SHIZUKU", "product", "nishina", 18, "小早川様 打合せ", "しずくは詰替えの比率が6割になった。容器を見せない広告を試したい。"),
    FactRow("HANA-JP-SHIZUKU", "market", "nishina", 92, "購入者調査", "続ける理由の一位は肌触り。二位が詰替えの手軽さ。価格は五位。"),
    FactRow("HANA-JP-KURENAI", "rival", "nishina", 63, "店頭観察(都内12店)", "色展示の前で立ち止まるのは平均40秒。隣の韓国ブランドは試し塗りの動画で足を止めている。"),
    FactRow("HANA-UK", "working", "freya", 41, "Kick-off with Isla Pemberton", "Every claim goes to Tokyo before it goes to print. Allow seven working days."),
    # 雪月花粧
    FactRow("SETSU", "people", "fuwa", 190, "社長面談", "創業家の社長が最後に表現を見る。京都の四季から外れたものは通らない。"),
    FactRow("SETSU", "market", "kusunoki", 57, "通販の実績(先方提供)", "通販が売上の7割。新規獲得の単価は上がり続け、既存客の紹介に切り替えたい意向。"),
    FactRow("SETSU-SHIROTAE", "product", "kusunoki", 29, "白妙事業部", "冬の限定は12月1日発売。瓶の色を変えるのは十年ぶりで、発表まで社外秘。"),
    # 食品・菓子
    FactRow("YAMA", "working", "sakae", 88, "課長 電話", "稟議は紙。判子が三つ要り、課長・部長・常務の順。常務は金曜しか本社にいない。"),
    FactRow("YAMA-CURRY", "market", "sakae", 47, "量販店バイヤー", "レトルトは備蓄の需要で底堅い。辛口より子ども向けの中辛が伸びている。"),
    FactRow("KODAMA", "people", "himeno", 105, "前任の引き継ぎ書", "チョコの扱いを失ったあとも飴は続いている。四半期に一度、頼まれなくても提案を持って行く。"),
    FactRow("KODAMA-CHOCO", "rival", "himeno", 260, "プレの振り返り", "勝った会社は媒体の条件で決めた。企画の評価は当社が上と聞いた。次の見直しは再来年の春。"),
    # 通信
    FactRow("AMATSU", "working", "kurusu", 68, "調達本部", "発注は年間の単価表だけ。新しい項目は四半期の初めにしか足せない。"),
    FactRow("AMATSU", "calendar", "yashiro", 155, "本部長面談", "春商戦(2〜3月)に年間の4割。料金の発表日は直前まで知らされず、素材は三案を並行で作る。"),
    FactRow("AMATSU-MOBILE", "rival", "kitami", 31, "店頭調査", "店頭では料金表の見やすさで選ばれる。家族割の説明に5分かかるのが弱点。"),
    FactRow("AMATSU-BIZ", "market", "sugawara", 77, "先方営業部", "従業員50人未満の会社が伸びしろ。経理担当が決めるので、税と領収書の話から入る。"),
    # 航空・旅行
    FactRow("OTORI-JP", "working", "kanzaki", 43, "緊急連絡網", "事故・運休のときは30分以内に全媒体を止める。夜間の連絡先は毎月1日に更新。"),
    FactRow("OTORI-JP", "calendar", "kanzaki", 125, "年間計画書", "早割の発売は2月末と8月末。修学旅行の入札は前年の6月。"),
    FactRow("OTORI-SG", "market", "marcus", 61, "Route review", "Seven flights a week again since the resumption; load factor is 81 per cent, but only 12 per cent book direct."),
    FactRow("BANYAN", "market", "tan", 83, "VP Brand, call", "They open in Fukuoka in two years and will need a Japanese agency for it."),
    FactRow("BANYAN-SG", "calendar", "aisyah", 49, "Annual plan", "Chinese New Year and the race weekend carry a third of the year; nothing else runs in those weeks."),
    FactRow("BANYAN-UK", "people", "freya", 97, "First meeting", "Beatrix Hale came from a rival chain and compares our fees with theirs line by line."),
    # 金融・保険
    FactRow("YAE", "working", "ebihara", 39, "コンプライアンス部", "募集文書は登録番号が出るまで入稿できない。審査は10営業日、月末は混む。"),
    FactRow("YAE", "market", "ebihara", 112, "先方営業統計", "医療保険の新規は50代が半分。子どもが独立した直後に検討する人が多い。"),
    FactRow("SHIOMI", "market", "tenjin", 71, "支店長の聞き取り", "アプリの利用は預金者の18%。窓口の行列が減ることを一番の価値と見ている。"),
    FactRow("HERON", "working", "marcus", 53, "Compliance workshop", "Every rate claim needs the regulator's wording and an effective date; keep a dated copy of each advertisement."),
    # そのほか
    FactRow("WAKA", "working", "nakatsu", 145, "宣伝部", "適正広告基準の表を持参する。出演者に医療関係者は使えない。"),
    FactRow("WAKA-ICHO", "calendar", "sumiyoshi", 115, "年間計画書", "山は12月と1月。忘年会の前の二週間に5割を出す。"),
    FactRow("WAKA-GENKI", "rival", "temma", 59, "コンビニのバイヤー", "棚は7本。6番目に落ちており、次の改廃は3月。"),
    FactRow("CHIGI", "market", "atsuta", 86, "展示場の集計", "来場は前年の9割だが、契約率は上がった。平屋の問い合わせが3倍。"),
    FactRow("HOTARU-JP", "product", "sugawara", 34, "新製品発表会", "ともしびの新型は眠りの質を測る。医療機器ではないので、効果は言えない。"),
    FactRow("HOTARU-UK", "market", "freya", 101, "Retail audit", "Sold in 140 shops, mostly museums and design stores; no chain carries it yet."),
    FactRow("KITSUNE", "people", "kitami", 22, "プロデューサー打合せ", "開発の都合で発表日が二度動いた。当社の持ち出しが増えている。次の契約は日数で精算する。"),
    FactRow("AWA", "market", "otowa", 74, "日用品の家計調査", "衣料用洗剤は大容量の詰替えに移り、店頭での指名買いは3割まで下がった。"),
    FactRow("AWA-SENZAI", "calendar", "ebihara", 133, "年間計画書", "新生活(3月)と梅雨(6月)。部屋干しの訴求は5月の連休明けから。"),
    FactRow("AWA-KAMI", "people", "kusunoki", 46, "部長面談", "一度他社に移った経緯から、遅れと言い訳に敏い。悪い知らせほど先に電話する。"),
    FactRow("MOMIJI", "calendar", "temma", 300, "改装計画の説明会", "再開店は再来年の春。広告は開店の半年前にオリエン、三社の競合になる見込み。"),
    FactRow("SAZA", "market", "tenjin", 94, "輸送統計", "平日の通勤は戻らない。週末の湾岸の乗車は前の1.3倍で、きっぷの購入は半分がスマホ。"),
    FactRow("TSURUGI", "rival", "onodera", 19, "登山雑誌の編集長", "現在の扱いは他社の一手。契約は来年8月まで。社長が変わり、見直しの声がある。"),
    FactRow("KENKO", "calendar", "tenjin", 12, "県の入札公告", "公募は1月、企画書の締切は2月半ば。事業は4月から。"),
    FactRow("THISTLE", "people", "eleanor", 123, "Visit to the blending room", "Alistair Croft tastes every blend himself at seven in the morning. Be there once a season."),
    FactRow("THISTLE-JP", "market", "sugawara", 27, "輸入食品店の聞き取り", "贈り物の季節(11〜12月)に年の半分。缶の大きさが日本の棚に合わない。"),
    FactRow("HARROW", "people", "oliver", 140, "Post-mortem", "We knew one person only. When she left, nobody called us. Rule since then: three contacts on every account."),
)  # fmt: skip
