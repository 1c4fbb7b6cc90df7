using System.Globalization;
using Nadir.Bench;
using Nadir.Bench.Jobs;
using Nadir.Bench.Micro;
using Nadir.Bench.Results;
using Nadir.Bench.Scaling;

switch (args)
{
    case ["prepare", string bench, string folder, string patients]:
        Preparation.Write(bench, folder, int.Parse(patients, CultureInfo.InvariantCulture));
        return 0;
    case ["run", string bench, string engine, string job, .. string[] tolerances]:
        NadirRun.Run(bench, engine, job, tolerances);
        return 0;
    case ["table", string bench, string folder]:
        Comparison comparison = Comparison.Read(bench, folder);
        File.WriteAllText(Path.Combine(folder, "compare.txt"), ComparisonText.Of(comparison));
        File.WriteAllText(Path.Combine(folder, "compare.json"), ComparisonJson.Of(comparison));
        return 0;
    case ["scale", string nadir, string study, string folder, string rounds]:
        ScaleCommand.Run(nadir, study, folder, int.Parse(rounds, CultureInfo.InvariantCulture));
        return 0;
    case ["micro", .. string[] arguments]:
        MicroBenchmarks.Run(arguments);
        return 0;
    default:
        Console.Error.WriteLine("usage: Nadir.Bench prepare BENCH FOLDER PATIENTS | run BENCH ENGINE JOB RTOL:ATOL... | table BENCH FOLDER | scale NADIR STUDY FOLDER ROUNDS | micro [BENCHMARKDOTNET OPTIONS]");
        return 64;
}
