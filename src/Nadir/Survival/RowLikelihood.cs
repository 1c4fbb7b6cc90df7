using Nadir.Numerics;

namespace Nadir.Survival;

/// <summary>The partial likelihood of rows. Covariates are taken from their means, which changes nothing but keeps the exponentials near 1.</summary>
sealed class RowLikelihood
{
    readonly TieMethod _ties;
    readonly int _covariates;
    readonly CoxStratum[] _strata;

    public RowLikelihood(IReadOnlyList<CoxRow> rows, TieMethod ties)
    {
        _ties = ties;
        _covariates = rows[0].Covariates.Count;
        double[] mean = [.. Enumerable.Range(0, _covariates).Select(j => rows.Average(r => r.Covariates[j]))];
        _strata = [.. rows.Select((r, i) => (Row: r, Index: i)).GroupBy(r => r.Row.Stratum).OrderBy(g => g.Key).Select(g => new CoxStratum([.. g], mean))];
    }

    public IReadOnlyList<CoxStratum> Strata => _strata;

    public PartialLikelihood At(double[] b)
    {
        PartialLikelihood likelihood = new(_covariates, _ties);
        foreach (CoxStratum stratum in _strata)
        {
            double[] scores = stratum.Scores(b);
            stratum.Walk(scores, (time, risk, dead) => likelihood.Add(risk, dead, time.Dead.Length, time.DeadScore(scores, stratum), time.DeadCovariates(stratum)));
        }

        return likelihood;
    }
}

/// <summary>The rows of one stratum, centred, with their event times from the last to the first.</summary>
sealed class CoxStratum
{
    readonly int[] _byStop;
    readonly int[] _byStart;
    readonly CoxTime[] _times;

    public CoxStratum((CoxRow Row, int Index)[] rows, double[] mean)
    {
        Rows = [.. rows.Select(r => r.Row)];
        Indices = [.. rows.Select(r => r.Index)];
        X = [.. Rows.Select(r => r.Covariates.Select((x, j) => x - mean[j]).ToArray())];
        int[] all = [.. Enumerable.Range(0, Rows.Length)];
        _byStop = [.. all.OrderByDescending(i => Rows[i].Stop)];
        _byStart = [.. all.OrderByDescending(i => Rows[i].Start)];
        _times = [.. all.Where(i => Rows[i].Event).GroupBy(i => Rows[i].Stop).OrderByDescending(g => g.Key).Select(g => new CoxTime(g.Key, [.. g]))];
    }

    public CoxRow[] Rows { get; }

    /// <summary>Each row's place in the whole data.</summary>
    public int[] Indices { get; }

    public double[][] X { get; }

    public double[] Scores(double[] b) => [.. X.Select(x => SmallMatrix.Dot(x, b))];

    /// <summary>Goes through the event times from the last to the first with the sums over those at risk and those with an event.</summary>
    public void Walk(double[] scores, Action<CoxTime, RiskSums, RiskSums> visit)
    {
        RiskSums risk = new(X[0].Length);
        RiskSums dead = new(X[0].Length);
        int entered = 0;
        int left = 0;
        foreach (CoxTime time in _times)
        {
            for (; entered < _byStop.Length && Rows[_byStop[entered]].Stop >= time.Days; entered++)
            {
                AddRow(risk, _byStop[entered], scores, 1);
            }

            for (; left < _byStart.Length && Rows[_byStart[left]].Start >= time.Days; left++)
            {
                AddRow(risk, _byStart[left], scores, -1);
            }

            dead.Clear();
            foreach (int i in time.Dead)
            {
                AddRow(dead, i, scores, 1);
            }

            visit(time, risk, dead);
        }
    }

    void AddRow(RiskSums sums, int i, double[] scores, int sign) => sums.Add(X[i], Elementary.Exp(scores[i]), sign * Rows[i].Weight);
}

/// <summary>An event time of a stratum.</summary>
/// <param name="Days">The time.</param>
/// <param name="Dead">The rows that end there with an event.</param>
sealed record CoxTime(double Days, int[] Dead)
{
    public double DeadScore(double[] scores, CoxStratum stratum) => Dead.Sum(i => stratum.Rows[i].Weight * scores[i]);

    public double[] DeadCovariates(CoxStratum stratum)
    {
        double[] sum = new double[stratum.X[0].Length];
        foreach (int i in Dead)
        {
            for (int j = 0; j < sum.Length; j++)
            {
                sum[j] += stratum.Rows[i].Weight * stratum.X[i][j];
            }
        }

        return sum;
    }
}
