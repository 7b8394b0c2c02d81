"""Word lists behind the finding of foreign and romanised names; facts, no rules."""

ROMAN_SURNAMES = """
kim gim lee yi rhee park pak bak choi choe jung jeong chung cheong kang gang cho yoon yun jang chang
lim rim oh seo suh shin kwon gwon hwang ahn ryu yoo hong jeon chun ko koh moon yang sohn bae baek
paik heo hur huh nam shim noh roh kwak gwak seong joo koo eom um chae cheon bang kong gong hyun
hyeon ham byun byeon yeom namgung hwangbo jegal seonwoo sunwoo seok seol maeng pyo myung han song
son min jin ha woo cha ku go no jo na ji im an
"""
"""Korean surnames in Latin letters that are hardly ever anything else."""

ROMAN_SYLLABLES = """
gum geom beum yub hyup hyub seob seop sub eui ui gwi hyeob ryeo reum ru rae byul byeol haneul a ah
ae an bae beom bum bin bo bok bong byeong byung byoung chae chan chang cheol chul choul chun choon
dae dal deok duk do dong eon eul eun un eung ga gang geon gun geun gi ki gil kil gu goo gwan gwang
kwang gyeong kyung kyeong kyoung gyu kyu gyun kyun ha hae hak han hee hui heon hun hoon ho hong hwa
hwan hwi hye hyeok hyuk hyeon hyun hyung hyeong hyoung hyo i yi ik il in jae jai je jeong jung jeung
ji jee jin jo jong ju joo jun joon jeon kap keun kook kuk kwan kwon la ra lim rim lin rin min mi mo
mok moo mu mun moon myeong myung myoung na nam ni nyeo ok ram ran re ri rok ryeol ryong ryun sam san
sang se seo suh seok suk seol seon sun seong sung seung shi si shik sik shin sin sil so sol song soo
su sook suck sul tae taek tak wan won woo wu wook uk woon woong ung ya yang ye yea yeol yeon yun
yeong young yong yoo yu yoon yul yeop yup yeob
"""
"""Syllables of Korean given names in Latin letters."""

ROMAN_WORDS = """
song hotel mini solo soso mama banana sauna seesaw union noon young sunny money honey sushi yoga
sake inn man men woman human sun son moon minimum jam gym gin run ran sin dojo jojo mimi soju insam
bibim miso suya kimchi bulgogi hanok house see you yes no soon so do go ok one two win
"""
"""English words that read like a Korean given name."""

FOREIGN_NAMES = """
마이클 마이켈 존 제임스 데이비드 데이빗 로버트 윌리엄 리처드 토마스 찰스 다니엘 대니얼 매튜 앤서니
마크 폴 스티븐 스티브 앤드류 케빈 브라이언 조지 에드워드 제이슨 제프리 라이언 제이콥 니콜라스 에릭
조나단 저스틴 브랜든 벤자민 사무엘 알렉산더 알렉스 패트릭 잭 타일러 헨리 피터 필립 크리스 크리스토퍼
조셉 조슈아 루카스 올리버 메리 패트리샤 제니퍼 린다 엘리자베스 바바라 수잔 제시카 사라 카렌 낸시
리사 마가렛 샌드라 애슐리 킴벌리 에밀리 도나 미셸 캐롤 아만다 멜리사 데보라 스테파니 레베카 로라
샤론 신시아 캐서린 엠마 올리비아 소피아 이사벨라 샬롯 나탈리 빅토리아 그레이스 한나 클라라 줄리아
줄리 제인 앨리스 엘레나 마리아 안나 크리스티나 나디아 스미스 존슨 윌리엄스 브라운 존스 밀러 데이비스
가르시아 로드리게스 윌슨 마르티네즈 앤더슨 테일러 무어 잭슨 마틴 톰슨 화이트 로페즈 해리스 클라크
루이스 로빈슨 워커 페레즈 라이트 스콧 토레스 힐 그린 아담스 베이커 넬슨 미첼 캠벨 로버츠 필립스
에반스 터너 파커 콜린스 에드워즈 스튜어트 모리스 머피 쿡 로저스 쿠퍼 리드 베일리 응우옌 응웬 응우엔
우엔 응우이엔 쩐 트란 레 팜 호앙 후인 판 부이 당 도안 응오 즈엉 반 티 투이 란 흐엉 흥 안 꾸옥 민
프엉 응옥 타오 린 하잉 뚜언 뚜안 남 훙 득 롱 쭝 비엣 마이 화 투 항 짱 탄 떤 칸 빈 중 쯔엉 딘 도 호
보 리 쑨리 왕샤오밍 리샤오밍 이바노프 이바노바 왕웨이 왕리 장웨이 리나 리웨이 리밍 왕밍 장리 왕 장
리우 천 양 자오 황 저우 우 쉬 쑨 후 주 가오 허 궈 마 웨이 샤오 밍 팡 팅팅 샤오밍 첸 쉬엔 왕팡 장민
리쥔 진롱 류양 천밍 쉐 펑 쟝 량 리리 메이 위안 사토 스즈키 다카하시 타카하시 다나카 타나카 와타나베
이토 야마모토 나카무라 고바야시 가토 카토 요시다 야마다 사사키 마쓰모토 이노우에 기무라 하야시
시미즈 야마자키 모리 아베 이케다 하시모토 유키 하루토 켄지 겐지 히로시 다카시 타카시 사쿠라 하나코
유이 아오이 미사키 아야 나나 켄타 쇼타 다이스케 마사오 유코 요코 게이코 미유키 사치코 알리 무하마드
모하메드 모하마드 아흐메드 압둘 압둘라 하산 후세인 오마르 유수프 파티마 아이샤 이브라힘 라만 이슬람
라흐만 라지 쿠마르 싱 샤르마 파텔 굽타 라이 구룽 타파 타망 림부 슈레스타 수렌드라 비벡 올가 나타샤
이반 블라디미르 드미트리 세르게이 알렉세이 안드레이 나탈리아 타티아나 이리나 스베틀라나 바트 바타르
어르길 간바트 뭉흐 볼드 오트공 체첵 사이한 딜노자 아지즈 루스탐 샤흐조드 굴노라 울루그벡 산토스
크루즈 레예스 라모스 멘도사 바티스타 호세 후안 카를로스 미구엘 페르난도 로사 마리오 디에고 솜차이
쏨차이 수다랏 위차이 나롱 아농 속 찬 소팔 다라 보파 수카르노 부디 수완또 데위 시티 위조노 아구스
라흐맛 위도도 응사이
"""
"""Parts of foreign names in Hangul."""

LATIN_NAMES = """
james john robert michael william david richard joseph thomas charles christopher daniel matthew
anthony mark paul steven steve andrew kevin brian george edward jason jeffrey ryan jacob nicholas
eric jonathan justin brandon benjamin samuel alexander alex patrick jack tyler henry peter philip
chris joshua lucas oliver mary patricia jennifer linda elizabeth barbara susan jessica sarah sara
karen nancy lisa margaret sandra ashley emily michelle carol amanda melissa deborah stephanie
rebecca laura sharon cynthia catherine katherine emma olivia sophia isabella charlotte natalie
victoria hannah clara julia julie jane alice elena maria anna christina nadia smith johnson williams
brown jones miller davis garcia rodriguez wilson martinez anderson taylor moore jackson martin
thompson lopez harris clark lewis robinson walker perez nguyen tran pham hoang huynh phan bui dang
duong thi van minh wang zhang li liu chen yang zhao huang zhou wu xu sun zhu gao lin guo wei xiao
ming sato suzuki takahashi tanaka watanabe ito yamamoto nakamura kobayashi kato yoshida yamada
sasaki yuki haruto kenji hiroshi takashi sakura ali muhammad mohammed mohamed ahmed abdul hassan
hussein omar yusuf fatima ibrahim khan rahman islam kumar singh sharma patel gupta gurung thapa rai
olga natasha ivan vladimir dmitri sergei svetlana irina bold bat santos cruz reyes ramos jose juan
carlos miguel fernando rosa mario diego
"""
"""First names and surnames of many countries in Latin letters."""
