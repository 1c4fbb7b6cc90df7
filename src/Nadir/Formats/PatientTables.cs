namespace Nadir.Formats;

/// <summary>
/// A table of patients: its columns in the order of its CSV file, with their SQL types. Between the first and the last columns stand the population's covariates and the stratum of the randomisation,
/// where the table has them.
/// </summary>
/// <param name="Name">The table's name; its file is <c>NAME.csv</c>.</param>
/// <param name="First">Columns before the covariates.</param>
/// <param name="Last">Columns after them.</param>
sealed record PatientTable(string Name, IReadOnlyList<(string Name, string Type)> First, IReadOnlyList<(string Name, string Type)> Last)
{
    /// <summary>The header line.</summary>
    /// <param name="between">The columns in between, covariates before strata.</param>
    public string Header(params IEnumerable<string> between) => string.Join(',', [.. First.Select(c => c.Name), .. between, .. Last.Select(c => c.Name)]) + "\n";

    /// <summary>The SQL type of a column. What the table does not name is a covariate: NUMERIC keeps numbers as numbers and Y and N as text.</summary>
    public string TypeOf(string column) => First.Concat(PatientTables.Stratum).Concat(Last).FirstOrDefault(c => c.Name == column).Type ?? "NUMERIC";
}

/// <summary>The tables of patients that a result folder has. Writers take their headers and the database its types from here, so that a column cannot be in one without the other.</summary>
static class PatientTables
{
    /// <summary>The stratum of the randomisation, where there are strata.</summary>
    public static readonly IReadOnlyList<(string Name, string Type)> Stratum = [("STRATAR", "TEXT"), ("STRATARN", "INTEGER")];

    public static readonly PatientTable Subjects = new(
        "subjects",
        [("STUDYID", "TEXT"), ("USUBJID", "TEXT"), ("TRT01P", "TEXT")],
        [
            ("SIMSTAT", "TEXT"), ("MORPHDY", "REAL"), ("REMISDY", "REAL"), ("NORESPDY", "REAL"), ("MRDRELDY", "REAL"), ("RELDY", "REAL"), ("RELPHENO", "TEXT"), ("RELCAUS", "TEXT"), ("RELSEED", "TEXT"),
            ("RELCART", "TEXT"), ("HSCTELDY", "REAL"), ("HSCTDY", "REAL"), ("BCELLDY", "REAL"), ("DTHDY", "REAL"), ("DTHCAUS", "TEXT"), ("CMAX", "REAL"), ("TMAX", "REAL"), ("AUC28", "REAL"), ("CRSGRADE", "INTEGER"), ("IL6MAX", "REAL"),
            ("SALVDY", "REAL"), ("MORPH2DY", "REAL"), ("REMIS2DY", "REAL"), ("REL2DY", "REAL"),
        ]);

    public static readonly PatientTable Events = new(
        "events",
        [
            ("STUDYID", "TEXT"), ("USUBJID", "TEXT"), ("TRT01P", "TEXT"), ("PARAMCD", "TEXT"), ("PARAM", "TEXT"), ("AVAL", "REAL"), ("CNSR", "INTEGER"), ("EVNTDESC", "TEXT"), ("CNSDTDSC", "TEXT"), ("CAUSE", "TEXT"),
        ],
        []);

    public static readonly PatientTable Visits = new(
        "visits", [("USUBJID", "TEXT"), ("TRT01P", "TEXT"), ("VISITDY", "REAL"), ("ASSAY", "TEXT"), ("AVAL", "REAL"), ("BELOWLIM", "TEXT")], []);

    public static readonly PatientTable Analysis = new(
        "analysis",
        [("STUDYID", "TEXT"), ("USUBJID", "TEXT"), ("TRT01P", "TEXT"), ("RANDDY", "REAL")],
        [("INFFL", "TEXT"), ("INFRSN", "TEXT"), ("PARAMCD", "TEXT"), ("STARTDY", "REAL"), ("AVAL", "REAL"), ("CNSR", "INTEGER"), ("EVNTDESC", "TEXT"), ("CNSDTDSC", "TEXT")]);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<PatientTable> All { get; } = [Subjects, Events, Visits, Analysis];
}
