// Made by scripts/build-zones.ts from tz 2026c; do not edit.
export const TZ = '2026c';
export const FIRST_YEAR = 2025;
export const LAST_YEAR = 2027;
/** Each line: the offset at the start of the first year, every change as `at:offset`, and who has them. */
export const ZONES = `-10800 America/Araguaina America/Argentina/Buenos_Aires America/Argentina/La_Rioja America/Argentina/Rio_Gallegos America/Argentina/Salta America/Argentina/San_Juan America/Argentina/San_Luis America/Argentina/Tucuman America/Argentina/Ushuaia America/Asuncion America/Bahia America/Belem America/Buenos_Aires America/Catamarca America/Cayenne America/Cordoba America/Coyhaique America/Fortaleza America/Jujuy America/Maceio America/Mendoza America/Montevideo America/Paramaribo America/Punta_Arenas America/Recife America/Santarem America/Sao_Paulo Antarctica/Palmer Antarctica/Rothera Atlantic/Stanley
-10800,1741496400:-7200,1762056000:-10800,1772946000:-7200,1793505600:-10800,1805000400:-7200,1825560000:-10800 America/Miquelon
-10800,1743908400:-14400,1757217600:-10800,1775358000:-14400,1788667200:-10800,1806807600:-14400,1820116800:-10800 America/Santiago
-12600,1741498200:-9000,1762057800:-12600,1772947800:-9000,1793507400:-12600,1805002200:-9000,1825561800:-12600 America/St_Johns
-14400 America/Anguilla America/Antigua America/Aruba America/Barbados America/Blanc-Sablon America/Boa_Vista America/Campo_Grande America/Caracas America/Cuiaba America/Curacao America/Dominica America/Grenada America/Guadeloupe America/Guyana America/Kralendijk America/La_Paz America/Lower_Princes America/Manaus America/Marigot America/Martinique America/Montserrat America/Port_of_Spain America/Porto_Velho America/Puerto_Rico America/Santo_Domingo America/St_Barthelemy America/St_Kitts America/St_Lucia America/St_Thomas America/St_Vincent America/Tortola
-14400,1741500000:-10800,1762059600:-14400,1772949600:-10800,1793509200:-14400,1805004000:-10800,1825563600:-14400 America/Glace_Bay America/Goose_Bay America/Halifax America/Moncton America/Thule Atlantic/Bermuda
-18000 America/Bogota America/Cancun America/Cayman America/Coral_Harbour America/Eirunepe America/Guayaquil America/Jamaica America/Lima America/Panama America/Rio_Branco
-18000,1741496400:-14400,1762059600:-18000,1772946000:-14400,1793509200:-18000,1805000400:-14400,1825563600:-18000 America/Havana
-18000,1741503600:-14400,1762063200:-18000,1772953200:-14400,1793512800:-18000,1805007600:-14400,1825567200:-18000 America/Detroit America/Grand_Turk America/Indiana/Marengo America/Indiana/Petersburg America/Indiana/Vevay America/Indiana/Vincennes America/Indiana/Winamac America/Indianapolis America/Iqaluit America/Kentucky/Monticello America/Louisville America/Nassau America/New_York America/Port-au-Prince America/Toronto
-18000,1743908400:-21600,1757217600:-18000,1775358000:-21600,1788667200:-18000,1806807600:-21600,1820116800:-18000 Pacific/Easter
-21600 America/Bahia_Banderas America/Belize America/Chihuahua America/Costa_Rica America/El_Salvador America/Guatemala America/Managua America/Merida America/Mexico_City America/Monterrey America/Regina America/Swift_Current America/Tegucigalpa Pacific/Galapagos
-21600,1741507200:-18000,1762066800:-21600,1772956800:-18000,1793516400:-21600,1805011200:-18000,1825570800:-21600 America/Chicago America/Indiana/Knox America/Indiana/Tell_City America/Matamoros America/Menominee America/North_Dakota/Beulah America/North_Dakota/Center America/North_Dakota/New_Salem America/Ojinaga America/Rankin_Inlet America/Resolute America/Winnipeg
-25200 America/Creston America/Dawson America/Dawson_Creek America/Fort_Nelson America/Hermosillo America/Mazatlan America/Phoenix America/Whitehorse
-25200,1741510800:-21600,1762070400:-25200,1772960400:-21600 America/Edmonton
-25200,1741510800:-21600,1762070400:-25200,1772960400:-21600,1793520000:-25200,1805014800:-21600,1825574400:-25200 America/Boise America/Cambridge_Bay America/Ciudad_Juarez America/Denver America/Inuvik
-28800 Pacific/Pitcairn
-28800,1741514400:-25200,1762074000:-28800,1772964000:-25200 America/Vancouver
-28800,1741514400:-25200,1762074000:-28800,1772964000:-25200,1793523600:-28800,1805018400:-25200,1825578000:-28800 America/Los_Angeles America/Tijuana
-32400 Pacific/Gambier
-32400,1741518000:-28800,1762077600:-32400,1772967600:-28800,1793527200:-32400,1805022000:-28800,1825581600:-32400 America/Anchorage America/Juneau America/Metlakatla America/Nome America/Sitka America/Yakutat
-34200 Pacific/Marquesas
-3600 Atlantic/Cape_Verde
-3600,1743296400:0,1761440400:-3600,1774746000:0,1792890000:-3600,1806195600:0,1824944400:-3600 Atlantic/Azores
-36000 Pacific/Honolulu Pacific/Rarotonga Pacific/Tahiti
-36000,1741521600:-32400,1762081200:-36000,1772971200:-32400,1793530800:-36000,1805025600:-32400,1825585200:-36000 America/Adak
-39600 Pacific/Midway Pacific/Niue Pacific/Pago_Pago
-7200 America/Noronha Atlantic/South_Georgia
-7200,1743296400:-3600,1761440400:-7200,1774746000:-3600,1792890000:-7200,1806195600:-3600,1824944400:-7200 America/Godthab America/Scoresbysund
0 Africa/Abidjan Africa/Accra Africa/Bamako Africa/Banjul Africa/Bissau Africa/Conakry Africa/Dakar Africa/Freetown Africa/Lome Africa/Monrovia Africa/Nouakchott Africa/Ouagadougou Africa/Sao_Tome America/Danmarkshavn Atlantic/Reykjavik Atlantic/St_Helena Etc/UTC UTC
0,1743296400:3600,1761440400:0,1774746000:3600,1792890000:0,1806195600:3600,1824944400:0 Atlantic/Canary Atlantic/Faeroe Atlantic/Madeira Europe/Dublin Europe/Guernsey Europe/Isle_of_Man Europe/Jersey Europe/Lisbon Europe/London
0,1743296400:7200,1761440400:0,1774746000:7200,1792890000:0,1806195600:7200,1824944400:0 Antarctica/Troll
10800 Africa/Addis_Ababa Africa/Asmera Africa/Dar_es_Salaam Africa/Djibouti Africa/Kampala Africa/Mogadishu Africa/Nairobi Antarctica/Syowa Asia/Aden Asia/Amman Asia/Baghdad Asia/Bahrain Asia/Damascus Asia/Kuwait Asia/Qatar Asia/Riyadh Europe/Istanbul Europe/Kirov Europe/Minsk Europe/Moscow Europe/Simferopol Europe/Volgograd Indian/Antananarivo Indian/Comoro Indian/Mayotte
12600 Asia/Tehran
14400 Asia/Baku Asia/Dubai Asia/Muscat Asia/Tbilisi Asia/Yerevan Europe/Astrakhan Europe/Samara Europe/Saratov Europe/Ulyanovsk Indian/Mahe Indian/Mauritius Indian/Reunion
16200 Asia/Kabul
18000 Antarctica/Mawson Antarctica/Vostok Asia/Almaty Asia/Aqtau Asia/Aqtobe Asia/Ashgabat Asia/Atyrau Asia/Dushanbe Asia/Karachi Asia/Oral Asia/Qostanay Asia/Qyzylorda Asia/Samarkand Asia/Tashkent Asia/Yekaterinburg Indian/Kerguelen Indian/Maldives
19800 Asia/Calcutta Asia/Colombo Asia/Kolkata
20700 Asia/Kathmandu Asia/Katmandu
21600 Asia/Bishkek Asia/Dhaka Asia/Omsk Asia/Thimphu Asia/Urumqi Indian/Chagos
23400 Asia/Rangoon Asia/Yangon Indian/Cocos
25200 Antarctica/Davis Asia/Bangkok Asia/Barnaul Asia/Ho_Chi_Minh Asia/Hovd Asia/Jakarta Asia/Krasnoyarsk Asia/Novokuznetsk Asia/Novosibirsk Asia/Phnom_Penh Asia/Pontianak Asia/Saigon Asia/Tomsk Asia/Vientiane Indian/Christmas
28800 Antarctica/Casey Asia/Brunei Asia/Hong_Kong Asia/Irkutsk Asia/Kuala_Lumpur Asia/Kuching Asia/Macau Asia/Makassar Asia/Manila Asia/Shanghai Asia/Singapore Asia/Taipei Asia/Ulaanbaatar Australia/Perth
31500 Australia/Eucla
32400 Asia/Chita Asia/Dili Asia/Jayapura Asia/Khandyga Asia/Pyongyang Asia/Seoul Asia/Tokyo Asia/Yakutsk Pacific/Palau
34200 Australia/Darwin
3600 Africa/Algiers Africa/Bangui Africa/Brazzaville Africa/Douala Africa/Kinshasa Africa/Lagos Africa/Libreville Africa/Luanda Africa/Malabo Africa/Ndjamena Africa/Niamey Africa/Porto-Novo Africa/Tunis
3600,1740276000:0,1743904800:3600,1771120800:0,1774144800:3600,1789866000:0 Africa/Casablanca Africa/El_Aaiun
3600,1743296400:7200,1761440400:3600,1774746000:7200,1792890000:3600,1806195600:7200,1824944400:3600 Africa/Ceuta Arctic/Longyearbyen Europe/Amsterdam Europe/Andorra Europe/Belgrade Europe/Berlin Europe/Bratislava Europe/Brussels Europe/Budapest Europe/Busingen Europe/Copenhagen Europe/Gibraltar Europe/Ljubljana Europe/Luxembourg Europe/Madrid Europe/Malta Europe/Monaco Europe/Oslo Europe/Paris Europe/Podgorica Europe/Prague Europe/Rome Europe/San_Marino Europe/Sarajevo Europe/Skopje Europe/Stockholm Europe/Tirane Europe/Vaduz Europe/Vatican Europe/Vienna Europe/Warsaw Europe/Zagreb Europe/Zurich
36000 Antarctica/DumontDUrville Asia/Ust-Nera Asia/Vladivostok Australia/Brisbane Australia/Lindeman Pacific/Guam Pacific/Port_Moresby Pacific/Saipan Pacific/Truk
37800,1743870600:34200,1759595400:37800,1775320200:34200,1791045000:37800,1806769800:34200,1822494600:37800 Australia/Adelaide Australia/Broken_Hill
39600 Asia/Magadan Asia/Sakhalin Asia/Srednekolymsk Pacific/Bougainville Pacific/Efate Pacific/Guadalcanal Pacific/Kosrae Pacific/Noumea Pacific/Ponape
39600,1743865200:37800,1759591800:39600,1775314800:37800,1791041400:39600,1806764400:37800,1822491000:39600 Australia/Lord_Howe
39600,1743868800:36000,1759593600:39600,1775318400:36000,1791043200:39600,1806768000:36000,1822492800:39600 Antarctica/Macquarie Australia/Hobart Australia/Melbourne Australia/Sydney
43200 Asia/Anadyr Asia/Kamchatka Pacific/Fiji Pacific/Funafuti Pacific/Kwajalein Pacific/Majuro Pacific/Nauru Pacific/Tarawa Pacific/Wake Pacific/Wallis
43200,1743865200:39600,1759590000:43200,1775314800:39600,1791039600:43200,1806764400:39600,1822489200:43200 Pacific/Norfolk
46800 Pacific/Apia Pacific/Enderbury Pacific/Fakaofo Pacific/Tongatapu
46800,1743861600:43200,1758981600:46800,1775311200:43200,1790431200:46800,1806760800:43200,1821880800:46800 Antarctica/McMurdo Pacific/Auckland
49500,1743861600:45900,1758981600:49500,1775311200:45900,1790431200:49500,1806760800:45900,1821880800:49500 Pacific/Chatham
50400 Pacific/Kiritimati
7200 Africa/Blantyre Africa/Bujumbura Africa/Gaborone Africa/Harare Africa/Johannesburg Africa/Juba Africa/Khartoum Africa/Kigali Africa/Lubumbashi Africa/Lusaka Africa/Maputo Africa/Maseru Africa/Mbabane Africa/Tripoli Africa/Windhoek Europe/Kaliningrad
7200,1743120000:10800,1761433200:7200,1774569600:10800,1792882800:7200,1806019200:10800,1824937200:7200 Asia/Jerusalem
7200,1743285600:10800,1761426000:7200,1774735200:10800,1792875600:7200,1806184800:10800,1824930000:7200 Asia/Beirut
7200,1743296400:10800,1761440400:7200,1774746000:10800,1792890000:7200,1806195600:10800,1824944400:7200 Asia/Famagusta Asia/Nicosia Europe/Athens Europe/Bucharest Europe/Chisinau Europe/Helsinki Europe/Kiev Europe/Kyiv Europe/Mariehamn Europe/Riga Europe/Sofia Europe/Tallinn Europe/Vilnius
7200,1744416000:10800,1761346800:7200,1774656000:10800,1792796400:7200,1806105600:10800,1824850800:7200 Asia/Gaza Asia/Hebron
7200,1745532000:10800,1761858000:7200,1776981600:10800,1793307600:7200,1809036000:10800,1824757200:7200 Africa/Cairo`;
