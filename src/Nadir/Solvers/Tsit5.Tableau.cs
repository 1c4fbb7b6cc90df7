namespace Nadir.Solvers;

public sealed partial class Tsit5
{
    internal const double C2 = 0.161;
    internal const double C3 = 0.327;
    internal const double C4 = 0.9;
    internal const double C5 = 0.9800255409045097;

    internal const double A21 = 0.161;
    internal const double A31 = -0.008480655492356989;
    internal const double A32 = 0.335480655492357;
    internal const double A41 = 2.8971530571054935;
    internal const double A42 = -6.359448489975075;
    internal const double A43 = 4.3622954328695815;
    internal const double A51 = 5.325864828439257;
    internal const double A52 = -11.748883564062828;
    internal const double A53 = 7.4955393428898365;
    internal const double A54 = -0.09249506636175525;
    internal const double A61 = 5.86145544294642;
    internal const double A62 = -12.92096931784711;
    internal const double A63 = 8.159367898576159;
    internal const double A64 = -0.071584973281401;
    internal const double A65 = -0.028269050394068383;
    internal const double A71 = 0.09646076681806523;
    internal const double A72 = 0.01;
    internal const double A73 = 0.4798896504144996;
    internal const double A74 = 1.379008574103742;
    internal const double A75 = -3.290069515436081;
    internal const double A76 = 2.324710524099774;

    internal const double E1 = -0.00178001105222577714;
    internal const double E2 = -0.0008164344596567469;
    internal const double E3 = 0.007880878010261995;
    internal const double E4 = -0.1447110071732629;
    internal const double E5 = 0.5823571654525552;
    internal const double E6 = -0.45808210592918697;
    internal const double E7 = 1.0 / 66.0;

    internal const double R11 = 1.0;
    internal const double R12 = -2.763706197274826;
    internal const double R13 = 2.9132554618219126;
    internal const double R14 = -1.0530884977290216;
    internal const double R22 = 0.13169999999999998;
    internal const double R23 = -0.2234;
    internal const double R24 = 0.1017;
    internal const double R32 = 3.9302962368947516;
    internal const double R33 = -5.941033872131505;
    internal const double R34 = 2.490627285651253;
    internal const double R42 = -12.411077166933676;
    internal const double R43 = 30.33818863028232;
    internal const double R44 = -16.548102889244902;
    internal const double R52 = 37.50931341651104;
    internal const double R53 = -88.1789048947664;
    internal const double R54 = 47.37952196281928;
    internal const double R62 = -27.896526289197286;
    internal const double R63 = 65.09189467479366;
    internal const double R64 = -34.87065786149661;
    internal const double R72 = 1.5;
    internal const double R73 = -4.0;
    internal const double R74 = 2.5;
}
