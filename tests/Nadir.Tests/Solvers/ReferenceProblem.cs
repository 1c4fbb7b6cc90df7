using Nadir.Solvers;

namespace Nadir.Tests.Solvers;

/// <summary>
/// Problems with published reference solutions: the test set of Hairer and Wanner (1996) as kept by Mazzia and Magherini (2008, Test set
/// for initial value problem solvers, release 2.4).
/// </summary>
sealed class ReferenceProblem(string name, double end, double[] start, double[] expected, Func<double, double[], double[]> slope) : IOdeSystem
{
    readonly double[] _y = new double[start.Length];

    public string Name => name;

    public double End => end;

    public double[] Start => start;

    public double[] Expected => expected;

    public int Dimension => start.Length;

    /// <summary>Of the size of the components near the end, times this, is the absolute tolerance.</summary>
    public double SmallestSize { get; init; } = 1;

    public void Derivatives(double t, ReadOnlySpan<double> y, Span<double> dy)
    {
        y.CopyTo(_y);
        slope(t, _y).CopyTo(dy);
    }

    public static ReferenceProblem Robertson { get; } = new(
        "ROBER", 1e11, [1, 0, 0], [0.2083340149701255e-7, 0.8333360770334713e-13, 0.9999999791665050],
        (_, y) =>
        {
            double slow = 0.04 * y[0], back = 1e4 * y[1] * y[2], fast = 3e7 * y[1] * y[1];
            return [-slow + back, slow - back - fast, fast];
        })
    { SmallestSize = 1e-13 };

    public static ReferenceProblem Oregonator { get; } = new(
        "OREGO", 360, [1, 2, 3], [0.1000814870318523e1, 0.1228178521549917e4, 0.1320554942846706e3],
        (_, y) => [77.27 * (y[1] + (y[0] * (1 - (8.375e-6 * y[0]) - y[1]))), (y[2] - ((1 + y[0]) * y[1])) / 77.27, 0.161 * (y[0] - y[2])]);

    public static ReferenceProblem VanDerPol { get; } = new(
        "VDPOL", 2, [2, 0], [0.1706167732170483e1, -0.8928097010247975],
        (_, y) => [y[1], (((1 - (y[0] * y[0])) * y[1]) - y[0]) * 1e6]);

    public static ReferenceProblem Hires { get; } = new(
        "HIRES", 321.8122, [1, 0, 0, 0, 0, 0, 0, 0.0057],
        [
            0.7371312573325668e-3, 0.1442485726316185e-3, 0.5888729740967575e-4, 0.1175651343283149e-2,
            0.2386356198831331e-2, 0.6238968252742796e-2, 0.2849998395185769e-2, 0.2850001604814231e-2,
        ],
        (_, y) =>
        [
            (-1.71 * y[0]) + (0.43 * y[1]) + (8.32 * y[2]) + 0.0007,
            (1.71 * y[0]) - (8.75 * y[1]),
            (-10.03 * y[2]) + (0.43 * y[3]) + (0.035 * y[4]),
            (8.32 * y[1]) + (1.71 * y[2]) - (1.12 * y[3]),
            (-1.745 * y[4]) + (0.43 * (y[5] + y[6])),
            (-280 * y[5] * y[7]) + (0.69 * y[3]) + (1.71 * y[4]) - (0.43 * y[5]) + (0.69 * y[6]),
            (280 * y[5] * y[7]) - (1.81 * y[6]),
            (-280 * y[5] * y[7]) + (1.81 * y[6]),
        ])
    { SmallestSize = 1e-4 };

    public static ReferenceProblem Pleiades { get; } = new(
        "PLEIADES", 3,
        [3, 3, -1, -3, 2, -2, 2, 3, -3, 2, 0, 0, -4, 4, 0, 0, 0, 0, 0, 1.75, -1.5, 0, 0, 0, -1.25, 1, 0, 0],
        [
            0.3706139143970502, 3.237284092057233, -3.222559032418324, 0.6597091455775310, 0.3425581707156584, 1.562172101400631, -0.7003092922212495,
            -3.943437585517392, -3.271380973972550, 5.225081843456543, -2.590612434977470, 1.198213693392275, -0.2429682344935824, 1.091449240428980,
            3.417003806314313, 1.354584501625501, -2.590065597810775, 2.025053734714242, -1.155815100160448, -0.8072988170223021, 0.5952396354208710,
            -3.741244961234010, 0.3773459685750630, 0.9386858869551073, 0.3667922227200571, -0.3474046353808490, 2.344915448180937, -1.947020434263292,
        ],
        Stars);

    static double[] Stars(double t, double[] y)
    {
        double[] dy = new double[28];
        for (int i = 0; i < 7; i++)
        {
            (dy[i], dy[7 + i]) = (y[14 + i], y[21 + i]);
            for (int j = 0; j < 7; j++)
            {
                double dx = y[j] - y[i], dv = y[7 + j] - y[7 + i];
                double cube = Math.Pow((dx * dx) + (dv * dv), 1.5);
                dy[14 + i] += j == i ? 0 : (j + 1) * dx / cube;
                dy[21 + i] += j == i ? 0 : (j + 1) * dv / cube;
            }
        }

        return dy;
    }
}
