using Nadir.Cli;

namespace Nadir.Tests.Cli;

public sealed class WholeFileTests : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("nadir-test-");

    string FilePath => Path.Combine(_folder.FullName, "x.csv");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void What_was_written_replaces_what_was_there()
    {
        File.WriteAllText(FilePath, "old");
        WholeFile.Write(FilePath, w => w.Write("new µ"));

        File.ReadAllBytes(FilePath).ShouldBe("new µ"u8.ToArray());
        _folder.GetFiles().Length.ShouldBe(1);
    }

    [Fact]
    public void A_failure_leaves_the_old_file_and_no_other()
    {
        File.WriteAllText(FilePath, "old");
        Should.Throw<OperationCanceledException>(() => WholeFile.Write(FilePath, w =>
        {
            w.Write("half");
            throw new OperationCanceledException();
        }));

        File.ReadAllText(FilePath).ShouldBe("old");
        _folder.GetFiles().Length.ShouldBe(1);
    }

    [Fact]
    public void A_folder_is_not_a_file() =>
        Should.Throw<IOException>(() => WholeFile.Write(_folder.FullName, w => w.Write("x"))).Message.ShouldContain("is a folder");

    [Fact]
    public void A_missing_folder_is_named() =>
        Should.Throw<IOException>(() => WholeFile.Write(Path.Combine(_folder.FullName, "no", "x.csv"), w => w.Write("x"))).Message.ShouldContain("no");
}
