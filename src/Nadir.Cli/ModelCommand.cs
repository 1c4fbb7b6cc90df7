using System.CommandLine;

namespace Nadir.Cli;

/// <summary><c>nadir model</c>: the library's models, and a check of a user's own.</summary>
static class ModelCommand
{
    public static Command Create(Session session, ModelActions actions)
    {
        Command list = new("list", "Lists the library's models.");
        list.SetAction(_ => actions.List(session));
        return new Command("model", "Lists, shows and checks models.")
        {
            list,
            Show(session, actions),
            WithArgument("check", "Reads a model and prints everything wrong with it.", "FILE", "an Antimony file", Bind(actions.Check, session)),
        };
    }

    static Command Show(Session session, ModelActions actions)
    {
        Option<bool> kernel = new("--kernel") { Description = "prints the program that computes the model's right-hand side instead", Arity = ArgumentArity.Zero };
        Argument<string?> argument = new("NAME") { Description = "the name of a library model; with --kernel also a file", Arity = ArgumentArity.ExactlyOne };
        Command command = new("show", "Prints a library model and what is known about its numbers.") { argument, kernel };
        command.SetAction(parsed =>
        {
            OptionReader reader = new(parsed);
            string text = reader.Text(argument) ?? "";
            reader.ThrowIfAny();
            return (reader.Given(kernel) ? actions.Kernel : actions.Show)(text, session);
        });
        return command;
    }

    static Func<string, int> Bind(Func<string, Session, int> action, Session session) => text => action(text, session);

    static Command WithArgument(string name, string description, string argumentName, string argumentDescription, Func<string, int> action)
    {
        Argument<string?> argument = new(argumentName) { Description = argumentDescription, Arity = ArgumentArity.ExactlyOne };
        Command command = new(name, description) { argument };
        command.SetAction(parsed =>
        {
            OptionReader reader = new(parsed);
            string text = reader.Text(argument) ?? "";
            reader.ThrowIfAny();
            return action(text);
        });
        return command;
    }
}

/// <summary>What <c>nadir model</c> does once its arguments are known.</summary>
sealed record ModelActions(Func<Session, int> List, Func<string, Session, int> Show, Func<string, Session, int> Kernel, Func<string, Session, int> Check);
