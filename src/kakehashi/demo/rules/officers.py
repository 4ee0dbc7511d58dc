"""Names for invented officers in Japan, and for organisations that no municipality is behind."""

from dataclasses import dataclass
from random import Random

_FAMILY = """阿部 Abe 相川 Aikawa 秋山 Akiyama 浅井 Asai 東 Azuma 馬場 Baba 千葉 Chiba 土井 Doi 遠藤 Endo
江口 Eguchi 藤井 Fujii 藤田 Fujita 藤原 Fujiwara 福田 Fukuda 福島 Fukushima 古川 Furukawa 後藤 Goto
浜田 Hamada 原田 Harada 長谷川 Hasegawa 橋本 Hashimoto 服部 Hattori 林 Hayashi 平野 Hirano 平田 Hirata
広瀬 Hirose 本田 Honda 堀 Hori 星野 Hoshino 市川 Ichikawa 飯田 Iida 池田 Ikeda 今井 Imai 井上 Inoue
石田 Ishida 石井 Ishii 石川 Ishikawa 石原 Ishihara 伊藤 Ito 岩崎 Iwasaki 岩田 Iwata 金子 Kaneko
片山 Katayama 加藤 Kato 川上 Kawakami 川口 Kawaguchi 河野 Kono 菊地 Kikuchi 木下 Kinoshita 木村 Kimura
北村 Kitamura 小林 Kobayashi 小島 Kojima 近藤 Kondo 小山 Koyama 久保 Kubo 久保田 Kubota 工藤 Kudo
黒田 Kuroda 前田 Maeda 牧野 Makino 丸山 Maruyama 松田 Matsuda 松井 Matsui 松本 Matsumoto 松岡 Matsuoka
松尾 Matsuo 三浦 Miura 三宅 Miyake 宮本 Miyamoto 宮崎 Miyazaki 水野 Mizuno 望月 Mochizuki 森 Mori
森田 Morita 森本 Morimoto 村上 Murakami 村田 Murata 村山 Murayama 永井 Nagai 中川 Nakagawa 中島 Nakajima
中村 Nakamura 中野 Nakano 中山 Nakayama 成田 Narita 西田 Nishida 西川 Nishikawa 西村 Nishimura 野口 Noguchi
野村 Nomura 野田 Noda 小川 Ogawa 小野 Ono 大野 Ohno 大塚 Otsuka 大西 Onishi 岡田 Okada 岡本 Okamoto
岡崎 Okazaki 奥村 Okumura 太田 Ota 斎藤 Saito 酒井 Sakai 坂本 Sakamoto 桜井 Sakurai 佐々木 Sasaki
佐野 Sano 佐藤 Sato 沢田 Sawada 関 Seki 柴田 Shibata 島田 Shimada 清水 Shimizu 篠原 Shinohara 杉本 Sugimoto
杉山 Sugiyama 鈴木 Suzuki 田口 Taguchi 高田 Takada 高木 Takagi 高橋 Takahashi 高野 Takano 武田 Takeda
竹内 Takeuchi 田村 Tamura 田中 Tanaka 谷口 Taniguchi 谷川 Tanigawa 田辺 Tanabe 辻 Tsuji 津田 Tsuda
内田 Uchida 上田 Ueda 上野 Ueno 梅田 Umeda 和田 Wada 渡辺 Watanabe 八木 Yagi 矢野 Yano 山田 Yamada
山口 Yamaguchi 山本 Yamamoto 山中 Yamanaka 山崎 Yamazaki 山下 Yamashita 柳田 Yanagida 横山 Yokoyama
吉田 Yoshida 吉川 Yoshikawa 吉村 Yoshimura"""
_GIVEN = """愛 Ai 明美 Akemi 亜希子 Akiko 彰 Akira 綾 Aya 綾香 Ayaka 歩美 Ayumi 千春 Chiharu 千恵 Chie 大地 Daichi
大輔 Daisuke 恵美 Emi 恵理 Eri 文子 Fumiko 剛 Go 春香 Haruka 晴彦 Haruhiko 隼人 Hayato 英樹 Hideki
秀明 Hideaki 広子 Hiroko 浩 Hiroshi 裕之 Hiroyuki 一郎 Ichiro 純 Jun 順子 Junko 海斗 Kaito 香織 Kaori
和也 Kazuya 和彦 Kazuhiko 健二 Kenji 健太 Kenta 恵子 Keiko 浩一 Koichi 耕平 Kohei 久美子 Kumiko 真 Makoto
麻衣 Mai 真理 Mari 正樹 Masaki 雅人 Masato 正 Tadashi 恵 Megumi 美穂 Miho 美香 Mika 実 Minoru 美咲 Misaki
美雪 Miyuki 直樹 Naoki 直美 Naomi 奈々 Nana 典子 Noriko 信夫 Nobuo 修 Osamu 玲子 Reiko 亮 Ryo 涼子 Ryoko
幸子 Sachiko 聡 Satoshi 沙織 Saori 誠一 Seiichi 翔太 Shota 真一 Shinichi 修平 Shuhei 隆 Takashi 拓也 Takuya
武 Takeshi 智子 Tomoko 智也 Tomoya 徹 Toru 俊介 Shunsuke 翼 Tsubasa 典之 Noriyuki 泰子 Yasuko 康弘 Yasuhiro
洋平 Yohei 洋子 Yoko 陽一 Yoichi 由美 Yumi 優子 Yuko 裕子 Hiroe 祐介 Yusuke 友香 Yuka 雪乃 Yukino"""
_SCHOOLS = """若葉 Wakaba 青葉 Aoba 清流 Seiryu 白鳥 Shiratori 桜丘 Sakuragaoka 光陽 Koyo 翠嵐 Suiran
明徳 Meitoku 北斗 Hokuto 星稜台 Seiryodai 緑風 Ryokufu 誠心 Seishin 和泉野 Izumino 瑞穂台 Mizuhodai
芳泉 Hosen 海星台 Kaiseidai 朝日丘 Asahigaoka 藤波 Fujinami 松韻 Shoin 双葉台 Futabadai 啓明台 Keimeidai
旭陽 Kyokuyo 常磐木 Tokiwagi 白樺 Shirakaba 千種野 Chigusano 山吹 Yamabuki 橘香 Kikka 蒼空 Soku
清澄 Kiyosumi 恵泉野 Keisenno 希望台 Kibodai 知新 Chishin 輝光 Kiko 峰南 Honan 泉ヶ丘 Izumigaoka
柏葉 Hakuyo 秀麗 Shurei 月見野 Tsukimino 大樹 Taiju 紫雲 Shiun"""
_KINDS = (
    ("学園", "Gakuen"),
    ("学院", "Gakuin"),
    ("女学院", "Jogakuin"),
    ("高等学園", "Koto Gakuen"),
)


@dataclass(frozen=True)
class Written:
    """A name as it is written in Japanese and in Latin letters."""

    ja: str
    en: str


def _pairs(text: str) -> list[Written]:
    words = text.split()
    return [Written(*pair) for pair in zip(words[::2], words[1::2], strict=True)]


FAMILY, GIVEN, SCHOOLS = _pairs(_FAMILY), _pairs(_GIVEN), _pairs(_SCHOOLS)


def officer(chance: Random) -> tuple[Written, Written]:
    """Draw the family and the given name of an invented officer."""
    return chance.choice(FAMILY), chance.choice(GIVEN)


def school(index: int) -> Written:
    """Give the name of the nth invented private school; after the last the names begin anew."""
    stem = SCHOOLS[index % len(SCHOOLS)]
    kind_ja, kind_en = _KINDS[index // len(SCHOOLS) % len(_KINDS)]
    return Written(f"学校法人{stem.ja}{kind_ja}（架空）", f"{stem.en} {kind_en} (invented)")
