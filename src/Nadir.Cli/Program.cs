using System.Text;
using Nadir.Cli;

using Interruption interruption = new();
UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
StreamWriter output = new(Console.OpenStandardOutput(), utf8, bufferSize: 1 << 16);
Session session = new(output, Console.Error, interruption.Token)
{
    ErrorIsTerminal = !Console.IsErrorRedirected && Environment.GetEnvironmentVariable("TERM") != "dumb",
    OutputWidth = Console.IsOutputRedirected ? null : Console.WindowWidth,
    Debug = Environment.GetEnvironmentVariable("NADIR_DEBUG") == "1",
};
// The command line flushes: a full disk is then a message, where disposing would be a fault without one.
return CommandLine.Run(args, session, Commands.All(session));
