using Nadir.Documents;

namespace Nadir.Tests.Documents;

public sealed class AtomicFileTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("nadir-atomic-").FullName;

    string Target => Path.Combine(_folder, "run.csv");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Text_is_written_and_replaced_without_leftovers()
    {
        AtomicFile.WriteText(Target, "a longer first text");
        AtomicFile.WriteText(Target, "µ");

        File.ReadAllBytes(Target).ShouldBe("µ"u8.ToArray());
        Directory.GetFileSystemEntries(_folder).ShouldBe([Target]);
    }

    [Fact]
    public void The_file_is_not_there_until_it_is_whole() =>
        AtomicFile.Write(Target, stream =>
        {
            stream.Write("half"u8);
            stream.Flush();
            File.Exists(Target).ShouldBeFalse();
        });

    [Fact]
    public void An_interrupted_write_keeps_the_old_file()
    {
        AtomicFile.WriteText(Target, "old");

        Should.Throw<OperationCanceledException>(() => AtomicFile.Write(Target, stream =>
        {
            stream.Write("half"u8);
            throw new OperationCanceledException();
        }));
        File.ReadAllText(Target).ShouldBe("old");
        Directory.GetFileSystemEntries(_folder).ShouldBe([Target]);
    }

    [Fact]
    public void Missing_folders_are_created()
    {
        string deep = Path.Combine(_folder, "a", "b.csv");
        AtomicFile.WriteText(deep, "x");
        File.ReadAllText(deep).ShouldBe("x");
    }

    [Fact]
    public void A_device_is_written_to_and_stays_a_device()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "no /dev/null");
        AtomicFile.WriteText("/dev/null", "x");
        File.ReadAllText("/dev/null").ShouldBeEmpty();
    }
}
