"""Names for invented people: ordinary given and family names of a tongue, mixed by chance.

No pair is anybody's: a name that somebody bears is so by chance, as among any six thousand people.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from random import Random


@dataclass(frozen=True)
class Tongue:
    """The given and the family names that are heard in a language or region."""

    given: tuple[str, ...]
    family: tuple[str, ...]


def _tongue(given: str, family: str) -> Tongue:
    return Tongue(tuple(given.split()), tuple(family.split()))


TONGUES: Mapping[str, Tongue] = {
    "english": _tongue(
        """Abigail Adam Adrian Aidan Alexandra Alice Alison Amber Amelia Andrew Angela Anna Anthony
        April Arthur Ashley Audrey Austin Bailey Benjamin Bethany Blake Brandon Brianna Bridget
        Caleb Cameron Caroline Catherine Charlotte Chelsea Christian Christopher Claire Clara
        Clayton Colin Connor Courtney Daisy Daniel Danielle David Dean Diana Dominic Dylan Edward
        Eleanor Elizabeth Ella Elliot Emily Emma Eric Ethan Eva Evan Faith Felicity Fiona Florence
        Frances Gabriel Garrett Gavin Gemma Geoffrey George Georgia Grace Graham Grant Greta Hannah
        Harriet Harry Hazel Heather Heidi Helen Henry Holly Hope Hugh Ian Imogen Isaac Isabel Isla
        Ivy Jack Jacob Jade James Jamie Jasmine Jason Jenna Jeremy Jessica Joanna Joel Jonathan
        Jordan Joseph Joshua Julia Julian Justin Kaitlyn Karen Katherine Kayla Keith Kelsey Kevin
        Kieran Kimberly Kirsten Kyle Laura Lauren Leah Leo Lewis Lillian Linda Lindsay Logan Lucas
        Lucy Luke Lydia Mackenzie Madeline Marcus Margaret Mark Martha Martin Mary Mason Matthew
        Max Megan Melanie Melissa Meredith Michael Miles Miranda Mitchell Molly Morgan Naomi Natalie
        Nathan Nicholas Nicole Noah Nora Oliver Olivia Oscar Owen Paige Patrick Paul Peter Philip
        Phoebe Rachel Rebecca Reid Richard Riley Robert Robin Rose Rosie Ross Rowan Ruby Russell Ruth
        Ryan Samantha Samuel Sarah Scott Sean Sebastian Seth Shannon Shaun Simon Sophie Spencer
        Stella Stephen Stuart Summer Susannah Sydney Tara Taylor Teresa Tessa Theodore Thomas
        Timothy Toby Travis Trevor Tristan Tyler Vanessa Victoria Vincent Violet Wesley William
        Willow Zachary Zoe""",
        """Abbott Adams Ainsworth Allen Anderson Andrews Archer Armstrong Arnold Atkins Atkinson
        Austin Bailey Baker Baldwin Ball Barker Barlow Barnes Barrett Barton Bates Baxter Beck Bell
        Bennett Benson Berry Bird Bishop Black Blackwell Blair Blake Booth Bowen Bowman Boyd Bradley
        Bradshaw Brennan Brewer Bridges Briggs Brock Brooks Brown Browning Bryant Buckley Burgess
        Burke Burton Butler Byrd Caldwell Cameron Campbell Carlson Carpenter Carr Carroll Carter
        Chambers Chandler Chapman Clark Clarke Clayton Cohen Cole Coleman Collins Conrad Conway Cook
        Cooper Cox Craig Crawford Cross Cunningham Curtis Dalton Daniels Davenport Davidson Davies
        Dawson Day Dean Dixon Douglas Doyle Drake Duncan Dunn Eaton Edwards Elliott Ellis Emerson
        Evans Farrell Ferguson Field Fisher Fleming Fletcher Ford Foster Fowler Fox Francis Franklin
        Fraser Freeman French Frost Fuller Gardner Garner Gibbs Gibson Gilbert Giles Gill Glover
        Goodman Goodwin Gordon Graham Grant Graves Gray Green Greene Gregory Griffin Griffiths Hale
        Hall Hamilton Hammond Hancock Hansen Harding Hardy Harper Harris Harrison Hart Harvey Hayes
        Henderson Henry Herbert Hewitt Hicks Higgins Hill Hobbs Hodges Hoffman Holland Holloway
        Holmes Holt Hopkins Horton Howard Howell Hudson Hughes Hunt Hunter Hutchinson Ingram Jackson
        Jacobs James Jenkins Jennings Jensen Johnson Johnston Jones Jordan Keller Kelley Kennedy
        Kent Kerr King Kirby Klein Knight Lamb Lambert Lane Larson Lawrence Lawson Lee Leonard Lewis
        Lindsey Little Lloyd Logan Long Lowe Lucas Lyons Macdonald Mackay Marsh Marshall Martin Mason
        Matthews Maxwell May Mccarthy Mckenzie Mclean Meyer Miles Miller Mills Mitchell Montgomery
        Moore Moran Morgan Morris Morrison Morton Mullen Murphy Murray Myers Nash Neal Nelson Newman
        Newton Nichols Nicholson Nolan Norman Norris Norton Oliver Olson Osborne Owens Page Palmer
        Parker Parsons Patterson Payne Pearce Pearson Perkins Perry Peters Peterson Phillips Pierce
        Pope Porter Potter Powell Powers Pratt Preston Price Quinn Ramsey Randall Reed Reeves Reid
        Reynolds Rhodes Rice Richards Richardson Riley Roberts Robertson Robinson Rogers Rose Ross
        Rowe Russell Ryan Sanders Saunders Savage Sawyer Schmidt Schneider Schultz Scott Sharp Shaw
        Shelton Shepherd Sherman Short Simmons Simpson Sims Sinclair Skinner Slater Smith Snyder
        Spencer Stanley Steele Stephens Stevens Stevenson Stewart Stone Stuart Sullivan Summers
        Sutton Swanson Sweeney Sykes Tate Taylor Thomas Thompson Thornton Todd Townsend Tucker
        Turnbull Turner Tyler Underwood Vaughn Wade Wagner Walker Wall Wallace Walsh Walters Walton
        Ward Warner Warren Waters Watkins Watson Watts Weaver Webb Weber Webster Wells West Weston
        Wheeler White Whitehead Wilkins Wilkinson Williams Williamson Willis Wilson Winter Wolfe Wood
        Woods Woodward Wright Wyatt Yates York Young""",
    ),
    "irish": _tongue(
        """Aisling Aoife Brendan Brigid Cathal Ciara Cian Ciaran Clodagh Colm Conor Cormac Darragh
        Declan Deirdre Diarmuid Donal Eamon Eimear Eoin Fergal Fionn Gráinne Maeve Muireann Niall
        Niamh Nuala Oisín Orla Padraig Róisín Ronan Ruairí Sadhbh Saoirse Sinéad Siobhán Tadhg Úna""",
        """Brady Breen Buckley Byrne Carey Casey Cassidy Connolly Cullen Curran Daly Delaney Devlin
        Dolan Donnelly Doherty Duffy Fagan Fahy Farrell Fitzgerald Flanagan Flynn Gallagher Geraghty
        Hogan Kavanagh Keane Kearney Keegan Kelly Keogh Lynch Maguire Mahon McGrath McKenna Molloy
        Moran Mulligan Nugent O’Brien O’Connor O’Donnell O’Neill O’Rourke O’Shea Quigley Rafferty
        Reilly Sheehan Tierney Tobin Whelan""",
    ),
    "southern-african": _tongue(
        """Anika Ayanda Bongani Busisiwe Carmen Chantel Dineo Elsabé Gugu Hendrik Johan Karabo Katlego
        Kgomotso Lerato Liezl Lindiwe Lwazi Marelize Mpho Naledi Nandi Neo Nomsa Nomvula Palesa Pieter
        Riaan Ruan Sibusiso Sipho Thabo Thandi Tshepo Tumelo Werner Willem Zanele Zinhle""",
        """Botha Coetzee Dlamini Dube Du-Plessis Erasmus Fourie Govender Jacobs Khumalo Kruger Mabena
        Mahlangu Maseko Mbatha Mkhize Modise Mokoena Molefe Moodley Mthembu Naidoo Ndlovu Nel Nkosi
        Ntuli Pillay Pretorius Radebe Sithole Steyn Swanepoel Tshabalala Van-Wyk Venter Zulu""",
    ),
    "african": _tongue(
        """Abena Achieng Adwoa Akinyi Akosua Ama Atieno Chebet Cherono Efua Esi Faith Grace Jelimo
        Joseph Juma Kamau Kofi Kojo Kwabena Kwaku Kwame Mwangi Nana Njeri Otieno Samuel Wambui
        Wanjiku Yaw""",
        """Acheampong Addo Agyeman Amoah Ansah Antwi Asante Boateng Chepkoech Darko Gyasi Kamau
        Karanga Kariuki Kimani Kiprop Koech Maina Mensah Mutua Mwangi Ndegwa Nyambura Ochieng Odhiambo
        Ofori Omondi Opoku Osei Owusu Wafula Wekesa""",
    ),
    "caribbean": _tongue(
        """Akeem Alicia Andre Anika Camille Carlton Chantal Chevaughn Danielle Dwayne Errol Gabrielle
        Garfield Jevon Kadeem Kareem Kerry-Ann Keisha Kemar Kerwin Latoya Leon Marlon Nadine Natasha
        Nickoy Omar Oneil Renee Rhonda Rohan Shanice Shantel Shelly-Ann Sherwin Simone Tamika Tanisha
        Tevin Trudy""",
        """Alleyne Ali Baptiste Barrett Beckford Blackwood Brathwaite Browne Campbell Charles
        Cumberbatch Daley Edwards Forde Francis Gayle Gordon Grant Greenidge Haynes Henry Hinds Jack
        James Joseph Lewis Lindo Maharaj Mohammed Morgan Noel Palmer Persaud Pierre Powell Ramdin
        Reid Roberts Samuels Scarlett Sealy Singh Smith Stewart Thomas Walcott Williams Wint""",
    ),
    "spanish": _tongue(
        """Adriana Alejandra Alejandro Alonso Ana Andrea Andrés Antonio Beatriz Camila Carla Carlos
        Carolina Catalina César Claudia Cristina Daniela Diego Eduardo Elena Emilio Enrique Esteban
        Felipe Fernanda Fernando Gabriela Gonzalo Inés Ignacio Isabella Javier Jimena Joaquín José
        Juan Julieta Laura Lorena Lucía Luis Manuel Marcela María Mariana Mateo Miguel Mónica Natalia
        Nicolás Pablo Paola Patricia Rafael Renata Ricardo Rodrigo Rosa Santiago Sergio Sofía Tomás
        Valentina Valeria Verónica Ximena""",
        """Acosta Aguilar Aguirre Alvarado Álvarez Arias Ávila Benítez Cabrera Calderón Campos Cárdenas
        Carrillo Castillo Castro Cervantes Chávez Contreras Cordero Cortez Cruz Delgado Díaz Domínguez
        Escobar Espinoza Estrada Fernández Figueroa Flores Fuentes García Gómez González Guerrero
        Gutiérrez Guzmán Hernández Herrera Ibarra Jiménez Juárez León López Luna Maldonado Márquez
        Martínez Medina Mejía Méndez Mendoza Molina Morales Moreno Muñoz Navarro Núñez Ochoa Ortega
        Ortiz Pacheco Padilla Peña Pérez Quispe Ramírez Ramos Reyes Ríos Rivera Robles Rodríguez Rojas
        Romero Rosales Ruiz Salazar Salinas Sánchez Sandoval Santos Serrano Silva Solís Soto Suárez
        Torres Trujillo Valdez Vargas Vásquez Vega Velasco Vera Villanueva Zamora Zúñiga""",
    ),
    "portuguese": _tongue(
        """Amanda Ana Beatriz Bruno Caio Camila Daniel Eduarda Felipe Fernanda Gabriela Guilherme
        Gustavo Helena Henrique Isabela João Júlia Larissa Leonardo Letícia Lucas Luana Marina Mateus
        Nathália Paulo Rafaela Renato Thiago Vinícius Vitória""",
        """Almeida Alves Araújo Barbosa Batista Cardoso Carvalho Castro Correia Costa Dias Fernandes
        Ferreira Fonseca Gomes Lima Lopes Machado Martins Melo Mendes Moura Nascimento Nunes Oliveira
        Pereira Pinto Ribeiro Rocha Rodrigues Santana Santos Silva Souza Teixeira Vieira""",
    ),
    "filipino": _tongue(
        """Aileen Althea Angelica Angelo Ariel Arvin Bea Benjie Bianca Carlo Carmela Cherry Christian
        Clarisse Daryl Dennis Diwa Eduardo Emmanuel Erika Francis Gerald Gian Hazel Ivan Janine Jericho
        Jerome Joanna Jomar Joyce Karen Katrina Kristine Lea Lester Liza Lorenzo Maricel Marvin Mayumi
        Michelle Miguel Nico Paolo Patricia Ralph Rhea Rica Rodel Ronnel Roselle Ryan Sheila Trisha""",
        """Abad Aguinaldo Alonzo Aquino Bautista Bernardo Buenaventura Cabrera Calma Castillo Cruz
        Cuevas Dacanay Dela-Cruz De-Guzman Dimaculangan Domingo Enriquez Espiritu Evangelista Fajardo
        Gatchalian Gonzales Guevarra Ignacio Javier Lacson Lapuz Lazaro Macapagal Magbanua Magno
        Malonzo Manalo Mangubat Mendoza Mercado Navarro Ocampo Pangilinan Panganiban Pascual Quiambao
        Ramos Reyes Salonga Santiago Santos Sarmiento Soriano Sumulong Tolentino Valencia Villanueva
        Villareal Yap Zamora""",
    ),
    "chinese": _tongue(
        """Bowen Chen Chenxi Fang Haoran Huan Jiahui Jialin Jiaqi Jing Jiayi Jun Junjie Kai Lan Lei
        Lihua Lin Meiling Min Mingyu Mengyao Ning Peng Qian Qing Ruolan Ruoxi Rui Shan Shuang Siyu Tao
        Tian Tianyu Wei Wenjing Xia Xiaoming Xin Xinyi Xue Yan Yang Yaxin Yichen Yifan Ying Yu Yuchen
        Yue Yuhan Yuting Zhe Zhen Zihan Zixuan""",
        """Bai Cai Cao Chang Chen Cheng Cui Deng Ding Dong Du Fan Fang Feng Fu Gao Gong Gu Guo Han He
        Hou Hu Huang Jia Jiang Jin Kong Lai Li Liang Liao Lin Liu Lu Luo Ma Mao Meng Pan Peng Qian Qin
        Qiu Ren Shao Shen Shi Song Su Sun Tan Tang Tao Tian Wan Wang Wei Wu Xia Xiao Xie Xiong Xu Xue
        Yan Yang Yao Ye Yin Yu Yuan Zeng Zhang Zhao Zheng Zhong Zhou Zhu Zou""",
    ),
    "korean": _tongue(
        """Ara Bora Chaewon Chanho Daeun Dahye Dohyun Donghyun Eunji Eunbi Gayoung Gyuri Haeun Haneul
        Hayoon Heejin Hyejin Hyunwoo Inseo Jaehyun Jaewon Jihoon Jihye Jimin Jisoo Jiwon Jiwoo Junho
        Juwon Kyungmin Mina Minji Minjun Minseo Nayeon Sangwoo Seojun Seoyeon Seungmin Siwoo Soojin
        Soyeon Subin Sumin Taeyang Yejin Yerin Yoona Youngmin Yujin""",
        """Ahn Bae Baek Cha Chae Cho Choi Chung Do Gil Go Gu Ha Han Heo Hong Hwang Hyun Im Jang Jeon
        Jeong Ji Jin Joo Jung Kang Kim Ko Kwak Kwon Lee Lim Ma Min Moon Na Nam Noh Oh Ok Park Pyo Ryu
        Seo Seong Shim Shin Sohn Son Song Suh Sung Wang Won Woo Yang Yeo Yoo Yoon Yun""",
    ),
    "german": _tongue(
        """Anja Anna Annika Antonia Bastian Benedikt Carina Christoph Clara Daniel David Elias Elisa
        Emilia Fabian Felix Florian Franziska Friederike Hannes Helena Henrik Ines Jakob Jana Janina
        Johanna Jonas Julia Katharina Konstantin Lara Laura Lea Lena Leon Leonie Lisa Lukas Magdalena
        Marie Marlene Matthias Maximilian Mira Moritz Nele Niklas Nina Paula Philipp Raphael Rebekka
        Sandra Simon Sophia Stefan Svenja Theresa Tobias Valentin Verena""",
        """Albrecht Arnold Bauer Baumann Beck Becker Berger Bergmann Brandt Braun Busch Dietrich Ebert
        Egger Engel Fischer Frank Friedrich Fuchs Gruber Graf Günther Haas Hahn Hartmann Heinrich
        Herrmann Hofer Hoffmann Hofmann Horn Huber Jäger Jansen Jung Kaiser Keller Koch Köhler König
        Krämer Kraus Krüger Kühn Kuhn Lang Lehmann Lenz Lorenz Ludwig Maier Martin Mayer Meier Meyer
        Moser Möller Müller Neumann Otto Peters Pfeiffer Pichler Pohl Richter Roth Sauer Schäfer Schmid
        Schmidt Schmitt Schneider Scholz Schreiber Schubert Schulz Schuster Schwarz Seidel Simon Sommer
        Stein Steiner Thomas Vogel Vogt Wagner Walter Weber Weiß Werner Winkler Winter Wolf Ziegler
        Zimmermann""",
    ),
    "french": _tongue(
        """Adèle Adrien Agathe Alexis Alice Amandine Amélie Antoine Arthur Aurélie Axelle Baptiste
        Benoît Camille Céline Charlotte Chloé Clément Clémence Damien Élise Élodie Émilie Étienne Fanny
        Florian Gabriel Guillaume Hélène Hugo Inès Jeanne Jérémy Julien Juliette Laure Léa Louis Louise
        Lucas Lucie Maël Manon Margaux Marine Martin Mathilde Mathis Maxime Noémie Océane Olivier
        Pauline Pierre Quentin Rémi Romain Sarah Simon Solène Sophie Théo Thibault Valentin Yann Zoé""",
        """André Arnaud Aubert Barbier Baron Benoit Berger Bernard Bertrand Blanc Blanchard Bonnet
        Boucher Bourgeois Boyer Brun Caron Carpentier Chevalier Clément Colin Collet David Denis Deschamps
        Dubois Dufour Dumas Dumont Dupont Durand Duval Fabre Faure Fontaine Fournier Francois Gaillard
        Garnier Gauthier Gérard Girard Giraud Guérin Guillot Henry Hubert Jacquet Lacroix Lambert Laurent
        Leclerc Lefebvre Legrand Lemaire Lemoine Leroux Leroy Lucas Marchand Martin Masson Mathieu Mercier
        Meunier Michel Moreau Morel Morin Moulin Muller Nicolas Noël Olivier Perrin Petit Picard Renard
        Renaud Rey Richard Rivière Robert Robin Roche Rolland Rousseau Roux Roy Schmitt Simon Thomas
        Vasseur Vidal Vincent""",
    ),
    "dutch": _tongue(
        """Anouk Bas Bram Daan Eline Emma Eva Femke Floor Fleur Hanneke Iris Jasper Jeroen Joris Koen
        Lars Lieke Lotte Maaike Maarten Marit Mees Nienke Pieter Ruben Sanne Sem Sjoerd Sven Thijs Tess
        Tim Wouter""",
        """Bakker Boer Bos Bosman Brouwer Dekker Dijkstra Hendriks Hoekstra Huisman Jacobs Jansen
        Janssen Koster Kramer Kuipers Maas Meijer Mulder Peeters Peters Postma Prins Smit Smits
        Timmermans Veenstra Verhoeven Vermeulen Visser Vos Willems""",
    ),
    "nordic": _tongue(
        """Anders Astrid Birgitte Camilla Emil Elin Erik Freja Frida Gustav Hanna Henrik Ida Ingrid
        Jens Johanna Jonas Karin Kasper Kristian Lars Linnea Magnus Maja Mathias Mette Mikkel Nils
        Oskar Petra Rasmus Rikke Sigrid Silje Sofie Solveig Søren Tobias Tuva Viktor""",
        """Andersen Andersson Berg Bergström Christensen Dahl Eriksson Forsberg Gustafsson Hagen
        Halvorsen Hansen Haugen Holm Jensen Johansen Johansson Karlsson Knudsen Kristensen Larsen
        Larsson Lindberg Lindqvist Lund Lundgren Madsen Mikkelsen Nielsen Nilsson Nyberg Olsen
        Pedersen Persson Poulsen Rasmussen Sandberg Solberg Sørensen Strand Svensson Thomsen Wallin""",
    ),
    "balkan": _tongue(
        """Aleksandar Ana Andrej Bojan Borislava Dragan Elena Emil Filip Goran Hristina Ivana Iva Jana
        Jovana Katarina Kristina Luka Maja Marija Marko Miha Milica Mila Milan Nataša Nikola Petar Petra
        Rada Stefan Stoyan Tanja Teodora Tina Vesna Viktor Zoran""",
        """Babić Bogdanov Dimitrova Đorđević Georgiev Horvat Hribar Ilić Ivanov Jankovic Jovanović
        Kolarov Kos Kovač Kovačević Krajnc Lazić Marinov Markovič Milošević Mlakar Nikolić Novak Pavlović
        Petković Petrov Popov Potočnik Simić Stanković Stoyanova Todorov Vidmar Zupan Zupančič""",
    ),
    "hungarian": _tongue(
        """Ádám András Anikó Balázs Bence Boglárka Csilla Dániel Dóra Eszter Gábor Gergely Hajnalka Judit
        Katalin Kinga László Levente Máté Nóra Péter Réka Sára Tamás Zoltán Zsófia""",
        """Balogh Bíró Bodnár Farkas Fekete Gál Hegedűs Horváth Juhász Kelemen Kiss Kovács Lakatos Lengyel
        Mészáros Molnár Nagy Németh Oláh Papp Rácz Simon Szabó Szalai Szűcs Takács Tóth Varga Vincze""",
    ),
    "greek": _tongue(
        """Alexandros Anastasia Andreas Antonis Christina Danae Despina Dimitris Eleni Eva Fotini Georgia
        Ioanna Iris Katerina Kostas Maria Marina Michalis Myrto Nefeli Nikos Panos Sofia Stavros Thanos""",
        """Alexiou Antoniou Dimitriou Drakos Economou Fotiou Galanis Georgiou Ioannou Kalogeropoulos
        Karagiannis Konstantinou Kotsis Lambrou Makris Mavros Nikolaou Oikonomou Panagiotou Papadaki
        Papadopoulos Pappas Petridis Samaras Stamatiou Vasileiou Vlachos""",
    ),
    "russian": _tongue(
        """Aleksei Alina Anastasia Andrei Anton Artyom Daria Denis Dmitry Ekaterina Elena Evgenia Fyodor
        Igor Ilya Irina Ivan Kirill Ksenia Maria Maxim Mikhail Nadezhda Nikita Oksana Olga Pavel Polina
        Roman Sergei Sofia Svetlana Tatiana Timofei Vera Viktor Yana Yulia""",
        """Belov Bogdanova Fedorov Frolova Golubev Ivanova Karpov Kozlov Krylova Kuznetsov Lebedev
        Makarova Medvedev Melnikov Mikhailova Morozov Nikitin Novikova Orlov Pavlova Petrov Polyakov
        Popova Romanov Ryabova Semenov Smirnova Sokolov Sorokina Stepanov Tarasov Titova Volkov
        Vorobyova Zaitsev""",
    ),
    "baltic": _tongue(
        """Agnė Aistė Austėja Domantas Dovilė Eglė Gabija Giedrė Ieva Jonas Justina Karolis Lukas Mantas
        Marius Rasa Rūta Simona Tomas Ugnė Vaida Vytautas""",
        """Balčiūnas Butkus Jankauskas Kavaliauskas Kazlauskas Kučinskas Lukošius Mažeika Navickas
        Paulauskas Petrauskas Pocius Rimkus Sabaliauskas Stankevičius Urbonas Vasiliauskas Žukauskas""",
    ),
    "turkish": _tongue(
        """Ahmet Asli Ayşe Aylin Burak Can Cem Defne Deniz Ebru Elif Emre Esra Gizem Hakan İpek Kaan
        Kerem Mehmet Melis Mert Naz Oğuz Onur Selin Serkan Sinem Tolga Yasemin Zeynep""",
        """Acar Aksoy Aktaş Arslan Aydin Bulut Çelik Çetin Demir Doğan Erdoğan Güler Güneş Kaplan Kara
        Kaya Keskin Koç Korkmaz Kurt Öztürk Polat Şahin Şimşek Taş Tekin Turan Uçar Yalçin Yildiz
        Yilmaz""",
    ),
    "mongolian": _tongue(
        """Altantsetseg Anu Bat-Erdene Batbayar Bilguun Bolormaa Delgermaa Dulmaa Enkhjin Enkhtuya
        Ganbaatar Gerelmaa Khulan Munkhbat Namuun Nandin Narantuya Nomin Odgerel Oyuntsetseg Sarnai
        Saruul Temuulen Tsetseg Tuguldur Uyanga""",
        """Baatar Bat Batsukh Bold Chuluun Damdin Dash Davaa Dorj Enkhbold Ganbold Gantulga Jargal
        Khurel Lkhagva Munkh Nyam Ochir Otgon Purev Sukh Tseren Tumur""",
    ),
    "indonesian": _tongue(
        """Adi Agus Ayu Bagus Bayu Citra Dewi Dian Dimas Eka Fajar Farah Fitri Galih Hana Indah Intan
        Kartika Lestari Made Maya Nadia Nanda Nur Putri Rani Ratna Reza Rizky Sari Siti Tari Wayan Wulan
        Yoga Yudi""",
        """Anggraini Budiman Firmansyah Gunawan Halim Handayani Hartono Hidayat Kurniawan Kusuma
        Maharani Nugraha Nugroho Permata Pratama Purnomo Rahayu Rahmawati Santoso Saputra Setiawan
        Siregar Suharto Suryadi Susanto Utami Wibowo Widodo Wijaya Yulianti""",
    ),
    "malay": _tongue(
        """Adibah Aina Aisyah Amir Azlan Danial Diyana Farhan Fatin Firdaus Hafiz Hana Haziq Iman Izzat
        Khairul Nabila Nadia Nurul Qistina Rashid Safiya Syafiq Yasmin Zarif Zulaikha""",
        """Abdullah Ahmad Aziz Bakar Halim Hamid Hassan Hussein Ibrahim Ismail Jamal Karim Latif Mahmud
        Mansor Mokhtar Osman Rahman Razak Salleh Sulaiman Talib Yusof Zainal""",
    ),
    "thai": _tongue(
        """Anan Apinya Araya Chalida Chanin Darunee Fah Kanya Kittipong Kamon Lalita Malee Nattaya Natcha
        Nicha Nopparat Orawan Panida Pim Pimchanok Ploy Prasert Rachanee Siriporn Somchai Supaporn Suda
        Tawan Thanawat Wanida""",
        """Boonmee Chaiyasit Charoen Inthara Jaidee Kaewmanee Kanjana Khamdee Meesuk Nakthong Phanthong
        Phromma Rattana Saelim Saetang Sangthong Siriwan Somboon Srisuk Suwan Suwannarat Thongdee
        Thongchai Wattana Wongsa Yodthong""",
    ),
    "indian": _tongue(
        """Aarav Aditi Akash Amit Ananya Anjali Arjun Asha Deepak Devika Divya Gaurav Harish Isha Ishaan
        Kavya Kiran Lakshmi Manish Meera Mohan Nandini Neha Nikhil Nisha Pooja Pranav Priya Rahul Rajesh
        Ravi Riya Rohan Sanjay Shalini Shreya Sneha Sunita Suresh Tanvi Varun Vidya Vikram""",
        """Acharya Agarwal Banerjee Bhat Bose Chakraborty Chatterjee Chopra Das Deshpande Dutta Ghosh
        Gupta Iyer Jain Joshi Kapoor Kaur Kulkarni Kumar Mehta Menon Mishra Mukherjee Nair Pandey Patel
        Patil Pillai Rao Reddy Roy Sen Shah Sharma Singh Sinha Srinivasan Verma Yadav""",
    ),
    "bhutanese": _tongue(
        "Chimi Choden Dechen Deki Dorji Karma Kinley Namgay Pema Sangay Sonam Tashi Tshering Ugyen",
        "Choden Dema Dendup Dorji Gyeltshen Lhamo Namgyel Norbu Penjor Tenzin Tshomo Wangchuk Zangmo",
    ),
    "pakistani": _tongue(
        """Ahsan Ali Amina Arslan Ayesha Bilal Fahad Fatima Hamza Hira Imran Iqra Kamran Laiba Maryam
        Mehwish Nida Omar Rabia Saad Sana Sara Shahzad Sidra Tariq Usman Zain Zara""",
        """Abbasi Ahmed Akhtar Anwar Aslam Baig Bhatti Butt Chaudhry Farooq Hashmi Hussain Iqbal Javed
        Khan Malik Mehmood Mirza Qureshi Rana Rehman Saleem Sheikh Siddiqui Syed Tahir""",
    ),
    "pacific": _tongue(
        """Adi Alofa Ana Epeli Fale Filipo Ilisapeci Ioane Jone Lavinia Litia Losa Lupe Makereta Malia
        Mele Mereoni Pita Salote Sefa Semisi Sereana Sione Siosaia Talia Tavita Tevita Tui Vika Viliami""",
        """Afu Aumua Bale Delana Faleafa Fifita Finau Havili Katoa Kioa Latu Lolohea Malolo Ngirmang
        Niumataiwalu Pauga Qalo Rabuka Remengesau Sapolu Savea Taufa Tavai Tuilagi Tuimoala Tupou
        Vakauta Veikune Waqa""",
    ),
}
# How the people of a country are named: tongues, the frequent ones said more than once.
HEARD: Mapping[str, str] = {
    "US": "english " * 14 + "spanish " * 3 + "chinese korean indian filipino",
    "GB": "english " * 17 + "irish indian pakistani",
    "CA": "english " * 12 + "french " * 3 + "chinese " * 2 + "indian filipino korean",
    "AU": "english " * 16 + "chinese " * 2 + "greek indian",
    "NZ": "english " * 16 + "pacific " * 3 + "chinese",
    "IE": "irish " * 4 + "english",
    "ZA": "southern-african " * 4 + "english",
    "GH": "african", "KE": "african",
    "JM": "caribbean " * 3 + "english", "TT": "caribbean", "BB": "caribbean", "AG": "caribbean",
    "LC": "caribbean", "VC": "caribbean",
    "AR": "spanish", "PE": "spanish", "BR": "portuguese",
    "PH": "filipino", "CN": "chinese", "KR": "korean",
    "SG": "chinese " * 6 + "malay indian", "MY": "malay " * 3 + "chinese " * 2 + "indian",
    "DE": "german", "AT": "german", "CH": "german " * 2 + "french", "LU": "french german",
    "FR": "french", "NL": "dutch", "DK": "nordic", "NO": "nordic", "SE": "nordic",
    "BG": "balkan", "RS": "balkan", "SI": "balkan", "HU": "hungarian", "GR": "greek",
    "RU": "russian", "LT": "baltic", "TR": "turkish", "MN": "mongolian", "ID": "indonesian",
    "TH": "thai", "IN": "indian", "BT": "bhutanese", "PK": "pakistani",
    "FJ": "pacific " * 2 + "indian", "TO": "pacific", "WS": "pacific", "PW": "pacific",
}  # fmt: skip


def named(country: str, chance: Random) -> tuple[str, str]:
    """Draw a given and a family name as they are heard in a country."""
    tongue = TONGUES[chance.choice(HEARD.get(country, "english").split())]
    return chance.choice(tongue.given), chance.choice(tongue.family).replace("-", " ")
