-- One index of everything that has a name. Its rows are written in the transaction of the change;
-- who finds a row is who sees it (visibility.py says how). Nothing is counted over all rows:
-- how well a row fits depends on that row and on what was asked, and on nothing else.

-- What these functions are and return may change from one version to the next; nothing but the
-- triggers hangs on them, and the indexes, which are made anew.
DO $$
DECLARE
  f regprocedure;
BEGIN
  DROP INDEX IF EXISTS search_entry_grams, search_entry_sound, search_entry_balls,
    search_entry_newest, search_entry_near, search_entry_near_balls, search_entry_asked_of,
    search_entry_asked_by;
  FOR f IN SELECT p.oid FROM pg_proc p
           WHERE p.pronamespace = 'public'::regnamespace
             AND p.proowner = (SELECT oid FROM pg_roles WHERE rolname = current_user)
             AND (p.proname LIKE 'search\_%' OR p.proname IN ('acting_own', 'acting_few'))
             AND p.proname <> 'search_on_change' LOOP
    EXECUTE format('DROP FUNCTION %s', f);
  END LOOP;
END $$;

-- Letters in one width and case, without accents; apostrophes join what they stand between.
CREATE OR REPLACE FUNCTION search_letters(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  marked CONSTANT text := 'àáâãäåçèéêëìíîïñòóôõöùúûüýÿāăąćĉċčďēĕėęěĝğġģĥĩīĭįĵķĺļľńņňōŏőŕŗřśŝşšţťũūŭůűųŵŷźżž'
    || 'øđłıħ';
  bare CONSTANT text := 'aaaaaaceeeeiiiinooooouuuuyyaaaccccdeeeeegggghiiiijklllnnnooorrrssssttuuuuuuwyzzz'
    || 'odlih';
  t CONSTANT text := translate(lower(normalize(said, NFKC)), '''’', '');
BEGIN
  RETURN CASE WHEN t ~ '[à-ž]' THEN translate(t, marked, bare) ELSE t END;
END $$;

-- Words as they are compared: one width, case and kana, old forms of characters as new ones, no
-- punctuation. Lines stay lines; blanks keep words apart.
CREATE OR REPLACE FUNCTION search_plain(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  kana CONSTANT text := 'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデト'
    || 'ドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰ'
    || 'ヱヲンヴヵヶぁぃぅぇぉっゃゅょゎゕゖゐゑーゝゞヽヾ';
  as_kana CONSTANT text := 'ああいいううええおおかがきぎくぐけげこごさざしじすずせぜそぞただちぢつつづてでと'
    || 'どなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもややゆゆよよらりるれろわわい'
    || 'えをんゔかけあいうえおつやゆよわかけいえ';
  old CONSTANT text := '亞惡壓圍爲醫壹稻飮隱營榮衞驛圓鹽緣艷應歐毆櫻奧橫溫穩假價畫會壞懷繪擴殼覺學嶽樂渴'
    || '勸卷寬歡罐觀關陷巖顏歸氣龜僞戲犧舊據擧峽狹鄕曉區驅勳薰徑惠溪經繼莖螢輕鷄藝縣儉劍'
    || '圈檢權獻硏險顯驗嚴效廣恆黃國黑濟碎劑册雜參慘棧蠶贊殘絲齒兒辭濕實寫舍釋壽收從澁獸'
    || '縱肅處緖敍奬將燒稱證乘剩壤孃條淨狀疊讓釀囑觸寢愼晉眞盡圖粹醉隨髓數樞瀨聲靜攝竊專'
    || '戰淺潛纖踐錢禪雙壯搜插爭總聰莊裝騷增臟藏屬續墮體對帶滯臺瀧擇澤單擔膽團彈斷癡遲晝'
    || '蟲鑄廳聽鎭遞鐵轉點傳黨盜燈當鬪德獨讀屆繩貳惱腦霸廢拜賣麥發髮拔晚蠻祕濱濵甁拂佛竝'
    || '變邊邉辨瓣辯舖穗寶豐沒飜槇萬滿默餠戾彌藥譯與譽搖樣謠遙瑤來賴亂覽龍兩獵綠鄰凜壘淚'
    || '勵禮隸靈齡戀爐勞樓郞祿亙灣髙﨑嵜嶋嶌齊齋斎舘冨曾桒渕槗𠮷栁峯藪礒籠桧鷗';
  new CONSTANT text := '亜悪圧囲為医壱稲飲隠営栄衛駅円塩縁艶応欧殴桜奥横温穏仮価画会壊懐絵拡殻覚学岳楽渇'
    || '勧巻寛歓缶観関陥巌顔帰気亀偽戯犠旧拠挙峡狭郷暁区駆勲薫径恵渓経継茎蛍軽鶏芸県倹剣'
    || '圏検権献研険顕験厳効広恒黄国黒済砕剤冊雑参惨桟蚕賛残糸歯児辞湿実写舎釈寿収従渋獣'
    || '縦粛処緒叙奨将焼称証乗剰壌嬢条浄状畳譲醸嘱触寝慎晋真尽図粋酔随髄数枢瀬声静摂窃専'
    || '戦浅潜繊践銭禅双壮捜挿争総聡荘装騒増臓蔵属続堕体対帯滞台滝択沢単担胆団弾断痴遅昼'
    || '虫鋳庁聴鎮逓鉄転点伝党盗灯当闘徳独読届縄弐悩脳覇廃拝売麦発髪抜晩蛮秘浜浜瓶払仏並'
    || '変辺辺弁弁弁舗穂宝豊没翻槙万満黙餅戻弥薬訳与誉揺様謡遥瑶来頼乱覧竜両猟緑隣凛塁涙'
    || '励礼隷霊齢恋炉労楼郎禄亘湾高崎崎島島斉斉斉館富曽桑淵橋吉柳峰薮磯篭檜鴎';
  t text := search_letters(said);
BEGIN
  IF octet_length(t) <> length(t) THEN
    IF t ~ '[ァ-ヾぁぃぅぇぉっゃゅょゎゐゑゝゞ]' THEN
      t := translate(t, kana, as_kana);
    END IF;
    IF t ~ ('[' || old || ']') THEN
      t := translate(t, old, new);
    END IF;
  END IF;
  RETURN regexp_replace(t, '[^[:alnum:]\n]+', ' ', 'g');
END $$;

-- The same by sound, in Latin letters: でんつう, Dentsū and dentu are one. Kunrei and Hepburn, long
-- and short vowels, doubled letters, l and r, b and v do not count. Kanji have no sound here.
CREATE OR REPLACE FUNCTION search_sound(said text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  katakana CONSTANT text := 'ァアィイゥウェエォオカガキギクグケゲコゴサザシジスズセゼソゾタダチヂッツヅテデト'
    || 'ドナニヌネノハバパヒビピフブプヘベペホボポマミムメモャヤュユョヨラリルレロヮワヰ'
    || 'ヱヲンヴヵヶ';
  hiragana CONSTANT text := 'ぁあぃいぅうぇえぉおかがきぎくぐけげこごさざしじすずせぜそぞただちぢっつづてでと'
    || 'どなにぬねのはばぱひびぴふぶぷへべぺほぼぽまみむめもゃやゅゆょよらりるれろゎわゐ'
    || 'ゑをんゔかけ';
  kana CONSTANT text := 'あいうえおかきくけこがぎぐげごさしすせそざじずぜぞたちつてとだぢづでどなにぬねの'
    || 'はひふへほばびぶべぼぱぴぷぺぽまみむめもらりるれろやゆよわゐゑをんゔぁぃぅぇぉゃ'
    || 'ゅょゎっーゝゞ';
  latin CONSTANT text[] := '{a,i,u,e,o,ka,ki,ku,ke,ko,ga,gi,gu,ge,go,sa,si,su,se,so,za,zi,zu,ze,zo,ta,ti,tu,te,t'
    || 'o,da,zi,zu,de,do,na,ni,nu,ne,no,ha,hi,hu,he,ho,ba,bi,bu,be,bo,pa,pi,pu,pe,po,ma,mi,m'
    || 'u,me,mo,ra,ri,ru,re,ro,ya,yu,yo,wa,i,e,o,n,bu,_a,_i,_u,_e,_o,_ya,_yu,_yo,_wa,"","","'
    || '",""}';
  t text := search_letters(said);
  spelled text := '';
  letter text;
  at integer;
BEGIN
  IF octet_length(t) <> length(t) THEN
    IF t ~ '[ァ-ヾ]' THEN
      t := translate(t, katakana, hiragana);
    END IF;
    IF t ~ '[ぁ-ゞー]' THEN
      FOREACH letter IN ARRAY string_to_array(t, NULL) LOOP
        at := strpos(kana, letter);
        spelled := spelled || CASE WHEN at > 0 THEN latin[at] ELSE letter END;
      END LOOP;
      t := spelled;
    END IF;
  END IF;
  t := regexp_replace(t, '[^a-z0-9_\n]+', ' ', 'g');
  t := replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
    replace(replace(replace(replace(replace(
    t, 'hu_', 'h'), 'bu_', 'b'), 'ku_', 'k'), 'gu_', 'g'), 'tu_', 't'), 'e_i', 'i')
    , 'o_u', 'u'), 'i_y', 'y'), 'e_y', 'y'), 'u_y', 'y'), 'i_e', 'ye'), '_', '')
    , 'tch', 'ch'), 'cch', 'ch'), 'shi', 'si'), 'sha', 'sya'), 'shu', 'syu'), 'sho', 'syo')
    , 'she', 'sye'), 'sh', 's'), 'chi', 'ti'), 'cha', 'tya'), 'chu', 'tyu'), 'cho', 'tyo')
    , 'che', 'tye'), 'ch', 't'), 'ts', 't'), 'jy', 'zy'), 'ji', 'zi'), 'ja', 'zya')
    , 'ju', 'zyu'), 'jo', 'zyo'), 'je', 'zye'), 'j', 'z'), 'ph', 'h'), 'f', 'h'), 'th', 't')
    , 'l', 'r'), 'v', 'b'), 'q', 'k'), 'ck', 'k'), 'c', 'k'), 'wo', 'o'), 'wi', 'ui')
    , 'we', 'ue'), 'mb', 'nb'), 'mp', 'np'), 'mm', 'nm'), 'ou', 'o');
  t := regexp_replace(t, 'oh(?![aiueoy])', 'o', 'g');
  -- Five times as fast as a pattern that refers back; c, f, j, l, q and v are none any more.
  WHILE t ~ 'aa|bb|dd|ee|gg|hh|ii|kk|mm|nn|oo|pp|rr|ss|tt|uu|ww|xx|yy|zz' LOOP
    t := replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
      replace(replace(replace(replace(replace(replace(replace(replace(replace(
      t, 'aa', 'a'), 'bb', 'b'), 'dd', 'd'), 'ee', 'e'), 'gg', 'g'), 'hh', 'h'), 'ii', 'i')
      , 'kk', 'k'), 'mm', 'm'), 'nn', 'n'), 'oo', 'o'), 'pp', 'p'), 'rr', 'r'), 'ss', 's')
      , 'tt', 't'), 'uu', 'u'), 'ww', 'w'), 'xx', 'x'), 'yy', 'y'), 'zz', 'z');
  END LOOP;
  RETURN t;
END $$;

-- Some names as lines of words, each line between two line ends; what is written apart stands
-- there in one word as well.
CREATE OR REPLACE FUNCTION search_lines(words text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  line text;
  found text := E'\n';
BEGIN
  FOREACH line IN ARRAY string_to_array(words, E'\n') LOOP
    line := btrim(line);
    IF line <> '' AND strpos(found, E'\n' || line || E'\n') = 0 THEN
      found := found || line || E'\n';
    END IF;
    line := replace(line, ' ', '');
    IF line <> '' AND strpos(found, E'\n' || line || E'\n') = 0 THEN
      found := found || line || E'\n';
    END IF;
  END LOOP;
  RETURN found;
END $$;

-- What stands beside a name, for words that tell two of one name apart.
CREATE OR REPLACE FUNCTION search_about(words text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT search_lines(search_plain(words)) || search_lines(search_sound(words))
$$;

-- Codes and numbers as they are compared with all that was typed.
CREATE OR REPLACE FUNCTION search_codes(codes text[]) RETURNS text[]
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT COALESCE(array_agg(replace(search_plain(c), ' ', '')), '{}')
  FROM unnest(codes) AS c WHERE c <> ''
$$;

-- A company's reading without カブシキガイシャ and the like.
CREATE OR REPLACE FUNCTION search_bare_kana(kana text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT regexp_replace(normalize(kana, NFKC),
    '^\s*(カブシキ|ユウゲン|ゴウドウ|ゴウシ|ゴウメイ|かぶしき|ゆうげん|ごうどう)[カガかが][イい][シし][ャゃヤや]\s*(?=\S)'
    '|(?<=\S)\s*(カブシキ|ユウゲン|ゴウドウ|ゴウシ|ゴウメイ|かぶしき|ゆうげん|ごうどう)[カガかが][イい][シし][ャゃヤや]\s*$',
    '')
$$;

-- What words can be found by: pairs of neighbouring characters, of Latin letters and digits three;
-- and how each word begins (^), for what is one or two characters long. `mark` keeps apart what
-- only stands beside a name.
CREATE OR REPLACE FUNCTION search_grams(words text, mark text DEFAULT '') RETURNS tsvector
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 1000 AS $$
DECLARE
  found text[] := '{}';
  word text;
  piece text;
BEGIN
  FOREACH word IN ARRAY regexp_split_to_array(words, '\s+') LOOP
    CONTINUE WHEN word = '';
    found := found || (mark || '^' || left(word, 1)) || (mark || '^' || left(word, 2));
    FOR at IN 1 .. length(word) - 1 LOOP
      piece := substr(word, at, 3);
      IF octet_length(piece) > length(piece) THEN
        found := found || (mark || left(piece, 2));
      ELSIF length(piece) = 3 THEN
        found := found || (mark || piece);
      END IF;
    END LOOP;
  END LOOP;
  RETURN array_to_tsvector(found);
END $$;

-- What a row must have to contain a word: as a condition for the index.
CREATE OR REPLACE FUNCTION search_needs(word text, begins boolean DEFAULT false, mark text DEFAULT '')
RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  needed text[] := '{}';
  piece text;
BEGIN
  FOR at IN 1 .. length(word) - 1 LOOP
    piece := substr(word, at, 3);
    IF octet_length(piece) > length(piece) THEN
      needed := needed || quote_literal(mark || left(piece, 2));
    ELSIF length(piece) = 3 THEN
      needed := needed || quote_literal(mark || piece);
    END IF;
  END LOOP;
  IF begins OR needed = '{}' THEN
    needed := needed || quote_literal(mark || '^' || left(word, 2));
  END IF;
  RETURN '(' || array_to_string(needed, ' & ') || ')';
END $$;

-- A slice of time, of so many hours, in which a ball is asked: a word of the index, so that the
-- newest of the many balls that hold a common word are found without reading the others.
CREATE OR REPLACE FUNCTION search_slice(past boolean, hour bigint, width integer) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT format('@%s %s %s', CASE WHEN past THEN 'past' ELSE 'open' END, width, hour / width)
$$;

CREATE OR REPLACE FUNCTION search_hour(at timestamptz) RETURNS bigint
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT floor(extract(epoch FROM at) / 3600)::bigint
$$;

-- The hour, the quarter of a day, the thirty days, and all of time.
CREATE OR REPLACE FUNCTION search_slices(past boolean, at timestamptz) RETURNS tsvector
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
  SELECT array_to_tsvector(array_agg(public.search_slice(past, public.search_hour(at), width)))
  FROM unnest('{1,6,720,10000000}'::integer[]) AS width
$$;

-- A word with one letter wrong, missing, too many, or two neighbours exchanged: `pattern` finds
-- it at the beginning of a word, `needs` is what a row must have to be looked at. Nothing for
-- numbers, and nothing for words so short that anything would be alike.
CREATE OR REPLACE FUNCTION search_alike(word text, OUT pattern text, OUT needs text)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
  n CONSTANT integer := length(word);
  latin CONSTANT boolean := octet_length(word) = n;
  any_letter CONSTANT text := '[^ \n]';
  least CONSTANT integer := CASE WHEN latin THEN 4 ELSE 3 END;
  whole CONSTANT integer := CASE WHEN latin THEN 5 ELSE 3 END;
  first CONSTANT integer := CASE WHEN latin AND n < 6 THEN 2 ELSE 1 END;
  half CONSTANT integer := CASE WHEN latin AND n < 6 THEN 2 ELSE n / 2 END;
  tail CONSTANT text := right(word, CASE WHEN latin AND n < 6 THEN 3 ELSE n - n / 2 END);
  swapped text;
  forms text[] := '{}';
  groups text[];
BEGIN
  IF n < least OR word ~ '[0-9]' THEN
    RETURN;
  END IF;
  groups := ARRAY[search_needs(left(word, half), true), search_needs(tail)];
  IF NOT latin AND n = 3 THEN
    groups := groups || quote_literal('^' || left(word, 1));
  END IF;
  FOR i IN first .. n LOOP
    forms := forms || (left(word, i - 1) || any_letter || substr(word, i + 1)
                       || CASE WHEN n - 1 < whole THEN '[ \n]' ELSE '' END);
    IF n > least THEN
      forms := forms || (left(word, i - 1) || substr(word, i + 1)
                         || CASE WHEN n - 1 < whole OR i = n THEN '[ \n]' ELSE '' END);
    END IF;
  END LOOP;
  FOR i IN 1 .. n - 1 LOOP
    forms := forms || (left(word, i) || any_letter || substr(word, i + 1)
                       || CASE WHEN n < whole THEN '[ \n]' ELSE '' END);
    swapped := overlay(word PLACING reverse(substr(word, i, 2)) FROM i FOR 2);
    IF swapped <> word THEN
      forms := forms || (swapped || CASE WHEN n < whole THEN '[ \n]' ELSE '' END);
      IF i = half OR n < 6 THEN
        groups := groups || search_needs(swapped, true);
      END IF;
    END IF;
  END LOOP;
  pattern := '[ \n](?:' || array_to_string(forms, '|') || ')';
  needs := '(' || array_to_string(groups, ' | ') || ')';
END $$;

-- What each row of a table is found by. `ids` NULL: all of them. Names that only staff may know
-- are entries of their own (for_staff).
CREATE OR REPLACE FUNCTION search_of_clients_account(ids uuid[])
RETURNS TABLE (row_id uuid, for_staff boolean, account_id uuid, near_id uuid, past boolean,
  at timestamptz, plain text, sound text, about text, codes text[], shared_at timestamptz,
  side text, private boolean, asked_of_id uuid, asked_by_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT a.id, false, a.id, a.id, a.status = 'lost', NULL::timestamptz,
         search_lines(search_plain(concat_ws(E'\n', a.name, a.name_en, a.name_kana, a.code,
           NULLIF(c.folded, ''), c.name_en, search_bare_kana(c.name_kana), c.code,
           c.corporate_number))),
         search_lines(search_sound(concat_ws(E'\n', a.name, a.name_en, a.name_kana,
           c.folded, c.name_en, search_bare_kana(c.name_kana)))),
         '', search_codes(ARRAY[a.code, c.code, c.corporate_number]),
         NULL::timestamptz, '', false, NULL::uuid, NULL::uuid
  FROM clients_account a JOIN clients_company c ON c.id = a.company_id
  WHERE ids IS NULL OR a.id = ANY (ids)
  UNION ALL
  SELECT a.id, true, a.id, a.id, a.status = 'lost', NULL,
         search_lines(search_plain(n.names)), search_lines(search_sound(n.names)),
         '', '{}', NULL, '', false, NULL, NULL
  FROM clients_account a
  JOIN LATERAL (SELECT string_agg(o.folded, E'\n' ORDER BY o.folded) AS names
                FROM clients_companyname o WHERE o.company_id = a.company_id) n
    ON n.names IS NOT NULL
  WHERE ids IS NULL OR a.id = ANY (ids)
$$;

CREATE OR REPLACE FUNCTION search_of_clients_company(ids uuid[])
RETURNS TABLE (row_id uuid, for_staff boolean, account_id uuid, near_id uuid, past boolean,
  at timestamptz, plain text, sound text, about text, codes text[], shared_at timestamptz,
  side text, private boolean, asked_of_id uuid, asked_by_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.id, false, NULL::uuid, c.id, false, NULL::timestamptz,
         search_lines(search_plain(concat_ws(E'\n', NULLIF(c.folded, ''), c.name_en,
           search_bare_kana(c.name_kana), c.code, c.corporate_number, c.lei,
           NULLIF(c.registration_number, '')))),
         search_lines(search_sound(concat_ws(E'\n', c.folded, c.name_en,
           search_bare_kana(c.name_kana)))),
         '', search_codes(ARRAY[c.code, c.corporate_number, c.lei, c.registration_number]),
         NULL::timestamptz, '', false, NULL::uuid, NULL::uuid
  FROM clients_company c
  WHERE ids IS NULL OR c.id = ANY (ids)
  UNION ALL
  SELECT n.company_id, true, NULL, n.company_id, false, NULL,
         search_lines(search_plain(n.names)), search_lines(search_sound(n.names)),
         '', '{}', NULL, '', false, NULL, NULL
  FROM (SELECT o.company_id, string_agg(o.folded, E'\n' ORDER BY o.folded) AS names
        FROM clients_companyname o
        WHERE ids IS NULL OR o.company_id = ANY (ids) GROUP BY o.company_id) n
$$;

CREATE OR REPLACE FUNCTION search_of_clients_brand(ids uuid[])
RETURNS TABLE (row_id uuid, for_staff boolean, account_id uuid, near_id uuid, past boolean,
  at timestamptz, plain text, sound text, about text, codes text[], shared_at timestamptz,
  side text, private boolean, asked_of_id uuid, asked_by_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT b.id, false, NULL::uuid, b.company_id, false, NULL::timestamptz,
         search_lines(search_plain(concat_ws(E'\n', b.name, b.name_en, b.name_kana))),
         search_lines(search_sound(concat_ws(E'\n', b.name, b.name_en, b.name_kana))),
         search_about(concat_ws(E'\n', c.folded, c.name_en, search_bare_kana(c.name_kana))),
         '{}'::text[], NULL::timestamptz, '', false, NULL::uuid, NULL::uuid
  FROM clients_brand b JOIN clients_company c ON c.id = b.company_id
  WHERE ids IS NULL OR b.id = ANY (ids)
$$;

CREATE OR REPLACE FUNCTION search_of_clients_contact(ids uuid[])
RETURNS TABLE (row_id uuid, for_staff boolean, account_id uuid, near_id uuid, past boolean,
  at timestamptz, plain text, sound text, about text, codes text[], shared_at timestamptz,
  side text, private boolean, asked_of_id uuid, asked_by_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT k.id, false, k.account_id, k.account_id,
         k.left_on IS NOT NULL, NULL::timestamptz,
         search_lines(search_plain(concat_ws(E'\n', p.name, p.name_en, p.name_kana,
           split_part(p.email, '@', 1)))),
         search_lines(search_sound(concat_ws(E'\n', p.name, p.name_en, p.name_kana))),
         search_about(concat_ws(E'\n', k.department, k.title, a.name, a.name_en, a.name_kana,
           a.code)),
         '{}'::text[], k.shared_at, '', false, NULL::uuid, NULL::uuid
  FROM clients_contact k
  JOIN people_person p ON p.id = k.person_id AND p.anonymised_at IS NULL
  JOIN clients_account a ON a.id = k.account_id
  WHERE ids IS NULL OR k.id = ANY (ids)
$$;

CREATE OR REPLACE FUNCTION search_of_people_person(ids uuid[])
RETURNS TABLE (row_id uuid, for_staff boolean, account_id uuid, near_id uuid, past boolean,
  at timestamptz, plain text, sound text, about text, codes text[], shared_at timestamptz,
  side text, private boolean, asked_of_id uuid, asked_by_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p.id, false, NULL::uuid, p.id, false, NULL::timestamptz,
         search_lines(search_plain(concat_ws(E'\n', p.name, p.name_en, p.name_kana, p.handle,
           split_part(p.email, '@', 1)))),
         search_lines(search_sound(concat_ws(E'\n', p.name, p.name_en, p.name_kana, p.handle))),
         '', search_codes(ARRAY[p.handle]), NULL::timestamptz, p.side::text, false, NULL::uuid,
         NULL::uuid
  FROM people_person p
  WHERE (ids IS NULL OR p.id = ANY (ids)) AND p.side = 'ours' AND p.anonymised_at IS NULL
$$;

CREATE OR REPLACE FUNCTION search_of_people_office(ids uuid[])
RETURNS TABLE (row_id uuid, for_staff boolean, account_id uuid, near_id uuid, past boolean,
  at timestamptz, plain text, sound text, about text, codes text[], shared_at timestamptz,
  side text, private boolean, asked_of_id uuid, asked_by_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.id, false, NULL::uuid, o.id, o.closed_on IS NOT NULL,
         NULL::timestamptz,
         search_lines(search_plain(concat_ws(E'\n', o.name, o.name_en, o.code))),
         search_lines(search_sound(concat_ws(E'\n', o.name, o.name_en))),
         '', search_codes(ARRAY[o.code]), NULL::timestamptz, '', false, NULL::uuid, NULL::uuid
  FROM people_office o
  WHERE ids IS NULL OR o.id = ANY (ids)
$$;

CREATE OR REPLACE FUNCTION search_of_handoffs_handoff(ids uuid[])
RETURNS TABLE (row_id uuid, for_staff boolean, account_id uuid, near_id uuid, past boolean,
  at timestamptz, plain text, sound text, about text, codes text[], shared_at timestamptz,
  side text, private boolean, asked_of_id uuid, asked_by_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT h.id, false, h.account_id, h.account_id,
         h.answered_at IS NOT NULL, h.asked_at,
         search_lines(search_plain(h.title)), search_lines(search_sound(h.title)),
         CASE WHEN a.id IS NULL THEN '' ELSE
           search_about(concat_ws(E'\n', a.name, a.name_en, a.name_kana, a.code)) END,
         '{}'::text[], NULL::timestamptz, h.side::text, h.private, h.asked_of_id, h.asked_by_id
  FROM handoffs_handoff h LEFT JOIN clients_account a ON a.id = h.account_id
  WHERE ids IS NULL OR h.id = ANY (ids)
$$;

CREATE OR REPLACE FUNCTION search_of_requests_clientrequest(ids uuid[])
RETURNS TABLE (row_id uuid, for_staff boolean, account_id uuid, near_id uuid, past boolean,
  at timestamptz, plain text, sound text, about text, codes text[], shared_at timestamptz,
  side text, private boolean, asked_of_id uuid, asked_by_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT r.id, false, r.account_id, r.account_id, r.settled_at IS NOT NULL, r.written_at,
         search_lines(search_plain(r.title)), search_lines(search_sound(r.title)),
         search_about(concat_ws(E'\n', a.name, a.name_en, a.name_kana, a.code)),
         '{}'::text[], r.shared_at, '', false, NULL::uuid, NULL::uuid
  FROM requests_clientrequest r JOIN clients_account a ON a.id = r.account_id
  WHERE ids IS NULL OR r.id = ANY (ids)
$$;

CREATE OR REPLACE FUNCTION search_of_briefs_brief(ids uuid[])
RETURNS TABLE (row_id uuid, for_staff boolean, account_id uuid, near_id uuid, past boolean,
  at timestamptz, plain text, sound text, about text, codes text[], shared_at timestamptz,
  side text, private boolean, asked_of_id uuid, asked_by_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT b.id, false, b.account_id, b.account_id,
         b.state = 'dropped' OR b.followed_at IS NOT NULL, b.begun_at,
         search_lines(search_plain(b.title)), search_lines(search_sound(b.title)),
         search_about(concat_ws(E'\n', b.work, a.name, a.name_en, a.name_kana, a.code)),
         '{}'::text[], b.shared_at, '', false, NULL::uuid, NULL::uuid
  FROM briefs_brief b JOIN clients_account a ON a.id = b.account_id
  WHERE ids IS NULL OR b.id = ANY (ids)
$$;

CREATE OR REPLACE FUNCTION search_of_traffic_job(ids uuid[])
RETURNS TABLE (row_id uuid, for_staff boolean, account_id uuid, near_id uuid, past boolean,
  at timestamptz, plain text, sound text, about text, codes text[], shared_at timestamptz,
  side text, private boolean, asked_of_id uuid, asked_by_id uuid)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT j.id, false, j.account_id, j.account_id, j.closed_at IS NOT NULL, j.opened_at,
         search_lines(search_plain(concat_ws(E'\n', j.title, j.number))),
         search_lines(search_sound(j.title)),
         search_about(concat_ws(E'\n', a.name, a.name_en, a.name_kana, a.code)),
         search_codes(ARRAY[j.number]), NULL::timestamptz, '', false, NULL::uuid, NULL::uuid
  FROM traffic_job j JOIN clients_account a ON a.id = j.account_id
  WHERE ids IS NULL OR j.id = ANY (ids)
$$;

-- Brings the entries of some rows of a table in line with them.
CREATE OR REPLACE FUNCTION search_write(table_name text, ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $fn$
BEGIN
  EXECUTE format($sql$
    WITH fresh AS MATERIALIZED (SELECT * FROM %I($2)), gone AS (
      DELETE FROM search_entry e
      WHERE e.source = $1 AND ($2 IS NULL OR e.row_id = ANY ($2))
        AND NOT EXISTS (SELECT FROM fresh f
                        WHERE (f.row_id, f.for_staff) = (e.row_id, e.for_staff))
    )
    INSERT INTO search_entry AS e (source, row_id, for_staff, account_id, near_id, past, at, plain,
      sound, about, codes, shared_at, side, private, asked_of_id, asked_by_id)
    SELECT $1, row_id, for_staff, account_id, near_id, past, at, plain, sound, about, codes,
           shared_at, side, private, asked_of_id, asked_by_id
    FROM fresh ORDER BY row_id
    ON CONFLICT (source, row_id, for_staff) DO UPDATE
    SET account_id = EXCLUDED.account_id, near_id = EXCLUDED.near_id, past = EXCLUDED.past,
        at = EXCLUDED.at, plain = EXCLUDED.plain, sound = EXCLUDED.sound, about = EXCLUDED.about,
        codes = EXCLUDED.codes, shared_at = EXCLUDED.shared_at, side = EXCLUDED.side,
        private = EXCLUDED.private, asked_of_id = EXCLUDED.asked_of_id,
        asked_by_id = EXCLUDED.asked_by_id
    WHERE (e.account_id, e.near_id, e.past, e.at, e.plain, e.sound, e.about, e.codes,
           e.shared_at, e.side, e.private, e.asked_of_id, e.asked_by_id)
      IS DISTINCT FROM (EXCLUDED.account_id, EXCLUDED.near_id, EXCLUDED.past, EXCLUDED.at,
           EXCLUDED.plain, EXCLUDED.sound, EXCLUDED.about, EXCLUDED.codes, EXCLUDED.shared_at, EXCLUDED.side,
           EXCLUDED.private, EXCLUDED.asked_of_id, EXCLUDED.asked_by_id)
  $sql$, 'search_of_' || table_name) USING table_name, ids;
END $fn$;

-- A row's entry repeats words of the rows it hangs on: they may not change until it is written.
CREATE OR REPLACE FUNCTION search_hold(table_name text, ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF table_name IN ('clients_account', 'clients_brand') THEN
    PERFORM FROM clients_company WHERE id IN (
      SELECT company_id FROM clients_account WHERE id = ANY (ids)
      UNION SELECT company_id FROM clients_brand WHERE id = ANY (ids)) ORDER BY id FOR SHARE;
  ELSIF table_name IN ('clients_contact', 'handoffs_handoff', 'requests_clientrequest',
                       'briefs_brief', 'traffic_job') THEN
    PERFORM FROM people_person WHERE id IN (
      SELECT person_id FROM clients_contact WHERE id = ANY (ids)) ORDER BY id FOR SHARE;
    PERFORM FROM clients_account WHERE id IN (
      SELECT account_id FROM clients_contact WHERE id = ANY (ids)
      UNION SELECT account_id FROM handoffs_handoff WHERE id = ANY (ids)
      UNION SELECT account_id FROM requests_clientrequest WHERE id = ANY (ids)
      UNION SELECT account_id FROM briefs_brief WHERE id = ANY (ids)
      UNION SELECT account_id FROM traffic_job WHERE id = ANY (ids))
      ORDER BY id FOR SHARE;
  END IF;
END $$;

-- Writes the entries of rows that changed, and of those that repeat their words.
CREATE OR REPLACE FUNCTION search_follow(table_name text, ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  accounts uuid[];
BEGIN
  PERFORM search_write(table_name, ids);
  IF table_name = 'clients_company' THEN
    PERFORM search_write('clients_brand', ARRAY(
      SELECT id FROM clients_brand WHERE company_id = ANY (ids)));
    PERFORM search_write('clients_account', ARRAY(
      SELECT id FROM clients_account WHERE company_id = ANY (ids)));
  ELSIF table_name = 'clients_account' THEN
    PERFORM search_write('clients_contact', ARRAY(
      SELECT id FROM clients_contact WHERE account_id = ANY (ids)));
    PERFORM search_write('handoffs_handoff', ARRAY(
      SELECT id FROM handoffs_handoff WHERE account_id = ANY (ids)));
    PERFORM search_write('requests_clientrequest', ARRAY(
      SELECT id FROM requests_clientrequest WHERE account_id = ANY (ids)));
    PERFORM search_write('briefs_brief', ARRAY(
      SELECT id FROM briefs_brief WHERE account_id = ANY (ids)));
    PERFORM search_write('traffic_job', ARRAY(
      SELECT id FROM traffic_job WHERE account_id = ANY (ids)));
  ELSIF table_name = 'people_person' THEN
    PERFORM search_write('clients_contact', ARRAY(
      SELECT id FROM clients_contact WHERE person_id = ANY (ids)));
  END IF;
END $$;

-- On every table that is found. TG_ARGV: the columns whose change matters, the rows' key, and the
-- table whose entries it concerns.
CREATE OR REPLACE FUNCTION search_on_change() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $fn$
DECLARE
  ids uuid[];
BEGIN
  IF TG_OP = 'UPDATE' THEN
    EXECUTE (SELECT format(
      'SELECT array_agg(DISTINCT m.%1$I) FROM made m JOIN gone g USING (id)
       WHERE (%2$s) IS DISTINCT FROM (%3$s)', TG_ARGV[1],
      string_agg('m.' || quote_ident(c), ','), string_agg('g.' || quote_ident(c), ','))
      FROM string_to_table(TG_ARGV[0], ' ') AS c) INTO ids;
  ELSE
    EXECUTE format('SELECT array_agg(DISTINCT %I) FROM %I', TG_ARGV[1],
                   CASE TG_OP WHEN 'INSERT' THEN 'made' ELSE 'gone' END) INTO ids;
  END IF;
  IF ids IS NULL THEN
    RETURN NULL;
  END IF;
  IF TG_OP <> 'DELETE' THEN
    PERFORM search_hold(TG_ARGV[2], ids);
  END IF;
  IF TG_OP = 'UPDATE' OR TG_TABLE_NAME <> TG_ARGV[2] THEN
    PERFORM search_follow(TG_ARGV[2], ids);
  ELSE
    PERFORM search_write(TG_ARGV[2], ids);
  END IF;
  RETURN NULL;
END $fn$;

-- Everything anew: the words of all rows as these functions now make them, and the indexes.
CREATE OR REPLACE FUNCTION search_rebuild() RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, ext, pg_temp AS $$
DECLARE
  table_name text;
BEGIN
  DROP INDEX IF EXISTS search_entry_grams, search_entry_sound, search_entry_balls,
    search_entry_newest, search_entry_near, search_entry_near_balls, search_entry_asked_of,
    search_entry_asked_by;
  FOREACH table_name IN ARRAY $INDEXED LOOP
    PERFORM search_write(table_name, NULL);
  END LOOP;
  DELETE FROM search_entry WHERE source <> ALL ($INDEXED);
  CREATE INDEX search_entry_grams ON search_entry
    USING gin ((search_grams(plain || sound) || search_grams(about, '~')))
    WITH (gin_pending_list_limit = 256) WHERE source <> 'handoffs_handoff';
  CREATE INDEX search_entry_sound ON search_entry USING gin (sound gin_trgm_ops)
    WITH (gin_pending_list_limit = 256) WHERE source <> 'handoffs_handoff';
  CREATE INDEX search_entry_near ON search_entry (near_id) WHERE source <> 'handoffs_handoff';
  CREATE INDEX search_entry_near_balls ON search_entry (near_id)
    WHERE source = 'handoffs_handoff';
  CREATE INDEX search_entry_balls ON search_entry
    USING gin ((search_grams(plain || sound) || search_grams(about, '~') || search_slices(past, at)))
    WITH (gin_pending_list_limit = 256) WHERE source = 'handoffs_handoff';
  CREATE INDEX search_entry_newest ON search_entry (past, at DESC, row_id DESC)
    WHERE source = 'handoffs_handoff';
  CREATE INDEX search_entry_asked_of ON search_entry (asked_of_id)
    WHERE source = 'handoffs_handoff';
  CREATE INDEX search_entry_asked_by ON search_entry (asked_by_id)
    WHERE source = 'handoffs_handoff';
  ANALYZE search_entry;
END $$;

-- Whom and what the acting person is close to: themselves, the accounts they serve or are the
-- client of, the companies of those, the people beside them there, the offices they work in. Of an
-- account that a wall denies them nothing is close: it would come first in a list and so be told.
CREATE OR REPLACE FUNCTION acting_own() RETURNS SETOF uuid
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH served AS (
    SELECT t.account_id, 'rows' AS level FROM clients_seat s
    JOIN policy_accountabove t ON t.above_id = s.account_id
    WHERE s.person_id = acting_person()
      AND s.starts_on <= (SELECT acting_today()) AND (s.ends_on IS NULL OR s.ends_on >= (SELECT acting_today()))
    UNION
    SELECT c.account_id, 'name' FROM clients_contact c
    WHERE c.person_id = acting_person() AND c.portal
  ), own AS MATERIALIZED (
    SELECT s.account_id FROM served s
    WHERE EXISTS (SELECT FROM policy_sight v
                  WHERE v.person_id = acting_person() AND v.account_id = s.account_id
                    AND v.level = s.level AND v.during @> now()
                  OFFSET 0)  -- looked up one by one: who sees much may serve little
      AND (acting_unscoped() OR s.account_id IN (SELECT acting_scope()))
  )
  SELECT acting_person()
  UNION SELECT account_id FROM own
  UNION SELECT a.company_id FROM clients_account a JOIN own ON own.account_id = a.id
  UNION SELECT s.person_id FROM clients_seat s
        JOIN own USING (account_id)
        WHERE s.starts_on <= (SELECT acting_today()) AND (s.ends_on IS NULL OR s.ends_on >= (SELECT acting_today()))
  UNION SELECT e.office_id FROM people_employment e
        WHERE e.person_id = acting_person()
          AND e.starts_on <= (SELECT acting_today()) AND (e.ends_on IS NULL OR e.ends_on >= (SELECT acting_today()))
$$;

-- How well some words fit a row, NULL if they do not: each must stand in it or beside it, one of them
-- in it. 10 a whole name, 8 its beginning, 6 a word's beginning, 4 anywhere; one less by sound.
-- `ks` and `rs` hold for each word the patterns of these four.
CREATE OR REPLACE FUNCTION search_fits(ks text[], rs text[], plain text, sound text, about text)
RETURNS integer
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10 AS $$
DECLARE
  worst integer;
  fit integer;
BEGIN
  FOR i IN 1 .. array_length(ks, 1) LOOP
    fit := GREATEST(
      CASE WHEN plain LIKE ks[i][1] THEN 10 WHEN plain LIKE ks[i][2] THEN 8
           WHEN plain LIKE ks[i][3] THEN 6 WHEN plain LIKE ks[i][4] THEN 4 END,
      CASE WHEN sound LIKE rs[i][1] THEN 9 WHEN sound LIKE rs[i][2] THEN 7
           WHEN sound LIKE rs[i][3] THEN 5 WHEN sound LIKE rs[i][4] THEN 3 END);
    IF fit IS NOT NULL THEN
      worst := LEAST(worst, fit);
    ELSIF about = '' OR array_length(ks, 1) = 1 OR NOT (
        about LIKE ks[i][2] OR about LIKE ks[i][3] OR COALESCE(about LIKE ks[i][4], false)
        OR COALESCE(about LIKE rs[i][2] OR about LIKE rs[i][3] OR about LIKE rs[i][4], false)) THEN
      RETURN NULL;
    END IF;
  END LOOP;
  RETURN worst;
END $$;

-- The four patterns of a word; one or two letters count at the beginning of a word only.
CREATE OR REPLACE FUNCTION search_patterns(word text, long boolean) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT ARRAY[E'%\n' || word || E'\n%', E'%\n' || word || '%', '% ' || word || '%',
               CASE WHEN long THEN '%' || word || '%' END]
$$;

-- Whether every word stands in a row or beside it, or something alike does; one of them in it.
CREATE OR REPLACE FUNCTION search_is_alike(
  ks text[], rs text[], spelt text[], sounding text[], plain text, sound text, about text)
RETURNS boolean
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE COST 10 AS $$
DECLARE
  named boolean := false;
BEGIN
  FOR i IN 1 .. array_length(ks, 1) LOOP
    IF sound ~ sounding[i] OR plain LIKE ks[i][2] OR plain LIKE ks[i][3] OR plain LIKE ks[i][4]
       OR sound LIKE rs[i][2] OR sound LIKE rs[i][3] OR plain ~ spelt[i] THEN
      named := true;
    ELSIF NOT COALESCE(about LIKE ks[i][2] OR about LIKE ks[i][3] OR about LIKE ks[i][4], false)
       AND NOT COALESCE(about LIKE rs[i][2] OR about LIKE rs[i][3], false) THEN
      RETURN false;
    END IF;
  END LOOP;
  RETURN named;
END $$;

-- Accounts the acting person sees beside some, if they are few enough to be named and everything
-- they see hangs on accounts; else NULL.
CREATE OR REPLACE FUNCTION acting_few(beside uuid[]) RETURNS uuid[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE WHEN acting_sees_all('rows') OR acting_has(ARRAY['conflicts_officer']) THEN NULL
    WHEN (SELECT count(*) FROM (SELECT FROM policy_sight
          WHERE person_id = acting_person() AND during @> now() LIMIT 2001) AS seen) > 2000 THEN NULL
    ELSE ARRAY(SELECT DISTINCT account_id FROM policy_sight
               WHERE person_id = acting_person() AND during @> now()
                 AND account_id <> ALL (beside)) END
$$;

-- Finds what the acting person sees, by words: of each table at most so many rows, each with its
-- place among all and how many there are (of balls, no more than was asked for is counted). Runs
-- as a role of its own that reads this index and who sees what, and nothing else.
--
-- Names are all looked at that fit. Balls are many and much alike: first those one is close to,
-- then the open ones, the newest first. Whoever sees few accounts looks through the balls of those.
-- Others go back in time by slices that the index knows: by hours, after some in which nothing was
-- found by longer ones, and by shorter ones again where one is crowded. Few balls hold a number:
-- that is looked for in all of time at once.
-- Each way gives the same rows: what is out of sight only costs time. Planned once a session: the
-- wall takes longer to plan than to ask.
GRANT CREATE ON SCHEMA public TO $FINDER;
SET LOCAL ROLE $FINDER;
DROP FUNCTION IF EXISTS acting_search(text[], integer);
CREATE FUNCTION acting_search(words text[], most integer)
RETURNS TABLE (source text, row_id uuid, place bigint, total bigint, certain boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, ext, pg_temp
SET plan_cache_mode = force_generic_plan AS $fn$
#variable_conflict use_column
DECLARE
  said text;
  k text;
  r text;
  by_sound text;
  slip record;
  misspelt record;
  whole text := '';
  phrase text;
  ks text[] := '{}';
  rs text[] := '{}';
  sounding text[] := '{}';
  spelt text[] := '{}';
  inside text[] := '{}';
  beside text[] := '{}';
  slips text[] := '{}';
  wanted tsquery;
  wanted_alike tsquery;
  me uuid := acting_person();
  own uuid[] := ARRAY(SELECT acting_own());
  close uuid[] := CASE WHEN cardinality(own) <= 1000 THEN own ELSE '{}' END;
  few uuid[] := acting_few(close);
  mine uuid[] := '{}';
  balls uuid[] := '{}';
  slice search_entry[];
  more uuid[];
  wanting integer;
  widths CONSTANT integer[] := '{1,6,720,10000000}';  -- as in search_slices
  crowd CONSTANT integer := 2000;  -- balls in a slice that is looked at in shorter ones
  patience CONSTANT integer := 12;  -- slices without a find before longer ones
  level integer;
  quiet integer;
  oldest bigint;
  since bigint;
  till bigint;
  answered boolean;
BEGIN
  FOREACH said IN ARRAY words LOOP
    k := replace(search_plain(said), ' ', '');
    CONTINUE WHEN k = '';
    r := CASE WHEN k !~ '[^a-z0-9ぁ-ゔ]' THEN NULLIF(replace(search_sound(said), ' ', ''), '') END;
    r := CASE WHEN length(r) >= 2 OR length(k) = 1 THEN r END;
    by_sound := NULLIF(r, k);
    slip := search_alike(CASE WHEN r IS NULL OR (k ~ '[ぁ-ゔ]' AND length(k) < 3) THEN '' ELSE r END);
    misspelt := search_alike(CASE WHEN k ~ '[ぁ-ゔ]' THEN '' ELSE k END);
    whole := whole || k;
    phrase := CASE WHEN ks = '{}' AND length(r) >= 8 AND r !~ '[0-9]' THEN r END;
    ks := ks || ARRAY[search_patterns(k, length(k) > 2 OR octet_length(k) > 3)];
    rs := rs || ARRAY[search_patterns(r, length(r) > 3)];
    sounding := sounding || slip.pattern;
    spelt := spelt || misspelt.pattern;
    inside := inside || concat_ws(' | ', search_needs(k), search_needs(by_sound));
    beside := beside || ('(' || concat_ws(' | ', search_needs(k), search_needs(by_sound),
      search_needs(k, false, '~'), search_needs(by_sound, false, '~')) || ')');
    slips := slips || ('(' || concat_ws(' | ', search_needs(k), search_needs(by_sound), slip.needs,
      misspelt.needs,
      search_needs(k, false, '~'), search_needs(by_sound, false, '~')) || ')');
  END LOOP;
  IF ks = '{}' THEN
    RETURN;
  END IF;
  wanted := array_to_string(inside, ' | ')::tsquery;
  IF cardinality(inside) > 1 THEN
    wanted := wanted && array_to_string(beside, ' & ')::tsquery;
  END IF;
  wanted_alike := array_to_string(slips, ' & ')::tsquery;

  -- One's own balls, then those of the accounts one sees where they are few.
  WITH near AS MATERIALIZED (
    SELECT e.row_id, e.past, e.at FROM search_entry e
    WHERE e.source = 'handoffs_handoff'
      AND (e.near_id = ANY (close) OR e.asked_of_id = me OR e.asked_by_id = me)
      AND search_fits(ks, rs, e.plain, e.sound, e.about) IS NOT NULL AND $SEEN
  )
  SELECT COALESCE(array_agg(b.row_id), '{}') INTO mine
  FROM (SELECT n.row_id FROM near n ORDER BY n.past, n.at DESC, n.row_id DESC LIMIT most + 1) AS b;
  wanting := most + 1 - cardinality(mine);
  IF wanting > 0 AND few IS NOT NULL THEN
    WITH seen AS MATERIALIZED (
      SELECT e.row_id, e.past, e.at FROM search_entry e
      WHERE e.source = 'handoffs_handoff' AND e.near_id = ANY (few) AND e.row_id <> ALL (mine)
        AND search_fits(ks, rs, e.plain, e.sound, e.about) IS NOT NULL AND $SEEN
      UNION
      SELECT e.row_id, e.past, e.at FROM search_entry e
      WHERE e.source = 'handoffs_handoff' AND e.asked_of_id IN (SELECT acting_stands_in_for())
        AND e.row_id <> ALL (mine)
        AND search_fits(ks, rs, e.plain, e.sound, e.about) IS NOT NULL AND $SEEN
    )
    SELECT COALESCE(array_agg(b.row_id), '{}') INTO balls
    FROM (SELECT s.row_id FROM seen s ORDER BY s.past, s.at DESC, s.row_id DESC LIMIT wanting) AS b;
  ELSIF wanting > 0 THEN
    FOREACH answered IN ARRAY '{false,true}'::boolean[] LOOP
      SELECT search_hour(min(e.at)), search_hour(max(e.at)) + 1 INTO oldest, till
      FROM search_entry e WHERE e.source = 'handoffs_handoff' AND e.past = answered;
      level := CASE WHEN whole ~ '[0-9]' THEN cardinality(widths) ELSE 1 END;
      quiet := 0;
      WHILE till > oldest AND cardinality(balls) < wanting LOOP
        since := (till - 1) / widths[level] * widths[level];
        slice := ARRAY(
          SELECT e FROM search_entry e
          WHERE e.source = 'handoffs_handoff' AND e.at < to_timestamp(till * 3600)
            AND (search_grams(e.plain || e.sound) || search_grams(e.about, '~')
                 || search_slices(e.past, e.at))
              @@ (wanted && quote_literal(search_slice(answered, since, widths[level]))::tsquery)
          LIMIT CASE WHEN level > 1 THEN crowd + 1 END);
        IF level > 1 AND cardinality(slice) > crowd THEN
          level := level - 1;
          quiet := 0;
        ELSE
          more := '{}';
          IF cardinality(slice) > 0 THEN  -- the wall takes longer to ask than an empty slice to read
            more := ARRAY(
              SELECT e.row_id FROM (
                SELECT * FROM unnest(slice) ORDER BY at DESC, row_id DESC OFFSET 0) AS e
              WHERE e.row_id <> ALL (mine)
                AND search_fits(ks, rs, e.plain, e.sound, e.about) IS NOT NULL AND $SEEN
              ORDER BY e.at DESC, e.row_id DESC LIMIT wanting - cardinality(balls));
          END IF;
          balls := balls || more;
          till := since;
          quiet := CASE WHEN more = '{}' THEN quiet + 1 ELSE 0 END;
          IF quiet = patience AND level < cardinality(widths) THEN
            level := level + 1;
            quiet := 0;
          END IF;
        END IF;
      END LOOP;
    END LOOP;
  END IF;

  RETURN QUERY
  WITH fitting AS MATERIALIZED (
    SELECT e.source, e.row_id, e.near_id, e.past, length(e.plain) AS size,
           whole = ANY (e.codes) AS named,
           CASE WHEN e.plain LIKE E'%\n' || whole || E'\n%' THEN 10 ELSE f.fit END AS fit
    FROM search_entry e
    CROSS JOIN LATERAL (
      SELECT search_fits(ks, rs, e.plain, e.sound, e.about) OFFSET 0) AS f(fit)
    WHERE e.source <> 'handoffs_handoff'
      AND (search_grams(e.plain || e.sound) || search_grams(e.about, '~')) @@ wanted
      AND (octet_length(whole) > 1 OR e.near_id = ANY (own))
      AND f.fit IS NOT NULL AND $SEEN
  ), alike AS MATERIALIZED (
    SELECT e.source, e.row_id, e.near_id, e.past, length(e.plain) AS size
    FROM search_entry e
    WHERE array_remove(sounding || spelt, NULL) <> '{}'
      AND (SELECT count(*) < 3 FROM fitting WHERE fit > 4)
      AND e.source <> 'handoffs_handoff'
      AND (search_grams(e.plain || e.sound) || search_grams(e.about, '~')) @@ wanted_alike
      AND search_is_alike(ks, rs, spelt, sounding, e.plain, e.sound, e.about) AND $SEEN
  ), distant AS MATERIALIZED (
    SELECT e.source, e.row_id, e.near_id, e.past, length(e.plain) AS size
    FROM search_entry e
    WHERE NOT EXISTS (SELECT FROM fitting) AND NOT EXISTS (SELECT FROM alike)
      AND e.source <> 'handoffs_handoff' AND phrase <% e.sound
      AND e.sound ~ format('[^ \n]{%s,}', length(phrase) - 2) AND $SEEN
  ), named AS (
    SELECT a.source, a.row_id, bool_and(a.past) AS past, min(a.size) AS size,
           bool_or(a.named) AS named, max(a.fit) AS fit,
           COALESCE(bool_or(a.near_id = ANY (own)), false) AS near
    FROM (SELECT source, row_id, near_id, past, size, named, fit FROM fitting
          UNION ALL SELECT source, row_id, near_id, past, size, false, 0 FROM alike
          UNION ALL SELECT source, row_id, near_id, past, size, false, 0 FROM distant) AS a
    GROUP BY a.source, a.row_id
  ), found AS MATERIALIZED (
    SELECT n.source, n.row_id, n.fit > 0 AS certain,
           ARRAY[(NOT n.named)::integer, (n.fit = 0)::integer, (NOT n.near)::integer, -n.fit,
                 n.past::integer, 0, array_position($INDEXED, n.source::text), n.size] AS standing
    FROM named n
    UNION ALL
    SELECT 'handoffs_handoff', b.id, true,
           ARRAY[1, 0, (b.turn > cardinality(mine))::integer, -4, 0, b.turn::integer]
    FROM unnest(mine || balls) WITH ORDINALITY AS b(id, turn)
  ), counted AS (
    SELECT f.source, count(*) AS total FROM found f GROUP BY f.source
  )
  SELECT b.source::text, b.row_id, row_number() OVER (ORDER BY b.standing, b.row_id DESC) AS place,
         c.total, b.certain
  FROM counted c CROSS JOIN LATERAL (
    SELECT * FROM found f WHERE f.source = c.source
    ORDER BY f.standing, f.row_id DESC LIMIT most) AS b
  ORDER BY place;
END $fn$;
REVOKE ALL ON FUNCTION acting_search(text[], integer) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acting_search(text[], integer) TO $APP, $WORKER;
RESET ROLE;
REVOKE CREATE ON SCHEMA public FROM $FINDER;
