using System.Text;

namespace Nadir.Cli;

/// <summary>Writes a text file that appears whole or not at all.</summary>
static class WholeFile
{
    /// <summary>Writes beside <paramref name="path"/>, then renames; on any failure the file that was there stays as it was.</summary>
    public static void Write(string path, Action<TextWriter> content)
    {
        string full = Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new IOException($"{path} is a folder; expected the name of a file");
        }

        string beside = $"{full}.{Environment.ProcessId}.partial";
        try
        {
            using (StreamWriter writer = new(beside, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
            {
                content(writer);
            }

            File.Move(beside, full, overwrite: true);
        }
        finally
        {
            // A deletion of what was renamed or never made does nothing; a folder that is missing has been reported.
            if (File.Exists(beside))
            {
                File.Delete(beside);
            }
        }
    }
}
