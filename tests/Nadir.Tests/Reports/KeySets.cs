namespace Nadir.Tests.Reports;

static class KeySets
{
    public static void ShouldBeSupersetOf(this string[] found, params string[] expected)
    {
        foreach (string key in expected)
        {
            found.ShouldContain(key);
        }
    }
}
