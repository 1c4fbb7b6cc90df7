using Nadir.Documents;

namespace Nadir.Tests.Documents;

public class ShippedLibraryTests
{
    [Fact]
    public void The_first_study_ships()
    {
        ShippedLibrary.Names("studies").ShouldContain("01-b-all");
        ShippedLibrary.Read("studies/01-b-all.yaml").Text.ShouldContain("nadir: 1");
    }

    [Fact]
    public void Every_path_can_be_read_and_is_named_in_its_folder()
    {
        foreach (string path in ShippedLibrary.Paths)
        {
            ShippedLibrary.Read(path).Name.ShouldBe(path);
            string folder = path[..path.LastIndexOf('/')];
            ShippedLibrary.Names(folder).ShouldContain(Path.GetFileNameWithoutExtension(path));
        }
    }

    [Fact]
    public void Folders_are_names_too() =>
        ShippedLibrary.Paths.Where(p => p.StartsWith("library/models/")).Select(p => p.Split('/')[2]).Distinct()
            .ShouldBe(ShippedLibrary.Names("library/models"), ignoreOrder: true);

    [Fact]
    public void A_path_that_does_not_ship_names_the_nearest() =>
        Should.Throw<ArgumentException>(() => ShippedLibrary.Read("studies/01-ball.yaml")).Message.ShouldContain("studies/01-b-all.yaml");

    [Fact]
    public void A_folder_that_does_not_ship_has_no_names() => ShippedLibrary.Names("library/none").ShouldBeEmpty();
}
