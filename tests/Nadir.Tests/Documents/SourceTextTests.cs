using System.Text;
using Nadir.Documents;
using Nadir.Faults;

namespace Nadir.Tests.Documents;

public sealed class SourceTextTests : IDisposable
{
    readonly string _folder = Directory.CreateTempSubdirectory("nadir-source-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    string Write(string name, byte[] bytes)
    {
        string path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    static Issue Refused(string path, long maxBytes = SourceText.DefaultMaxBytes)
    {
        Checked<SourceText> loaded = SourceText.Load(path, maxBytes);
        loaded.Value.ShouldBeNull();
        loaded.Issues[0].Location.File.ShouldBe(path);
        return loaded.Issues.ShouldHaveSingleItem();
    }

    [Fact]
    public void Text_is_read_without_a_byte_order_mark()
    {
        SourceText text = SourceText.Load(Write("a.yaml", [0xEF, 0xBB, 0xBF, .. "µg: 1\n"u8])).OrThrow();

        text.Text.ShouldBe("µg: 1\n");
        text.At(1, 2).File.ShouldEndWith("a.yaml");
    }

    [Fact]
    public void The_hash_is_that_of_the_bytes() =>
        new SourceText("a", "abc").Sha256.ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    [Fact]
    public void A_missing_file_suggests_the_nearest_name()
    {
        Write("my-study.yaml", [65]);

        Issue issue = Refused(Path.Combine(_folder, "my-stduy.yaml"));
        issue.Code.ShouldBe("ND0001");
        issue.Hint.ShouldBe("did you mean \"my-study.yaml\"?");
    }

    [Fact]
    public void A_missing_folder_is_named() =>
        Refused(Path.Combine(_folder, "none", "a.yaml")).Hint!.ShouldContain("none");

    [Theory]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("a/b/\n")]
    public void A_name_that_no_file_can_have_is_a_missing_file(string path) => Refused(path).Code.ShouldBe("ND0001");

    [Fact]
    public void A_folder_is_refused_and_its_documents_listed()
    {
        Write("a.yaml", [65]);

        Issue issue = Refused(_folder);
        issue.Code.ShouldBe("ND0002");
        issue.Hint!.ShouldContain("a.yaml");
    }

    [Theory]
    [InlineData("")]
    [InlineData(" \n\t\r\n")]
    [InlineData("\uFEFF")]
    public void An_empty_file_is_refused(string text) =>
        Refused(Write("e.yaml", Encoding.UTF8.GetBytes(text))).Code.ShouldBe("ND0003");

    [Fact]
    public void A_file_above_the_limit_is_refused_and_one_at_the_limit_read()
    {
        string path = Write("l.yaml", "12345678"u8.ToArray());

        SourceText.Load(path, 8).OrThrow().Text.ShouldBe("12345678");
        Issue issue = Refused(path, 7);
        issue.Code.ShouldBe("ND0004");
        issue.Expected.ShouldBe("at most 7 bytes");
    }

    [Fact]
    public void Fifty_megabytes_of_noise_are_refused_unread()
    {
        byte[] noise = new byte[50 << 20];
        for (int i = 0; i < noise.Length; i++)
        {
            noise[i] = (byte)((i * 2654435761L) >> 13);
        }

        Refused(Write("noise.yaml", noise)).Code.ShouldBe("ND0004");
    }

    [Theory]
    [InlineData(new byte[] { 97, 0, 98 })]
    [InlineData(new byte[] { 97, 0xFF, 0xFE })]
    [InlineData(new byte[] { 0xC3, 0x28 })]
    public void Binary_files_and_other_encodings_are_refused(byte[] bytes) =>
        Refused(Write("b.yaml", bytes)).Code.ShouldBe("ND0005");

    [Fact]
    public void A_file_that_cannot_be_read_is_refused()
    {
        string path = Write("locked.yaml", [65]);
        using FileStream held = new(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        Refused(path).Code.ShouldBe("ND0006");
    }
}
