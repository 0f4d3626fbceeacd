using System.Diagnostics;
using System.Text;

namespace NeuralNet.Gpu.Tests;

/// <summary>
/// This assembly in a process of its own, which runs the checks that it is sent. A driver compiles kernels on one core, and PoCL serves one device of a
/// process at a time: two processes take two cores.
/// </summary>
internal static class SecondProcess
{
    /// <summary>The tests that run in it, beside the others.</summary>
    public const string Collection = "second process";

    private const string Passed = "passed";

    /// <summary>What answers begin with, so that nothing else that is printed there is taken for one.</summary>
    private const string Mark = "answer: ";

    /// <summary>Names have letters that the code page of a console need not have.</summary>
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: false);

    private static readonly Lazy<Process> s_process = new(Start);

    /// <summary>Runs a check there, and gives what is wrong: null where nothing is.</summary>
    public static string? Run(ContractCheck check, string name)
    {
        Process process = s_process.Value;
        process.StandardInput.WriteLine($"{check} {name}");
        process.StandardInput.Flush();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            if (line.StartsWith(Mark, StringComparison.Ordinal))
                return line[Mark.Length..] is Passed ? null : line[Mark.Length..];
        }
        throw new InvalidOperationException($"The second process ended at {check} of {name}.");
    }

    /// <summary>Answers a line for each line, until the input ends.</summary>
    public static void Main()
    {
        using StreamReader questions = new(Console.OpenStandardInput(), s_encoding);
        using StreamWriter answers = new(Console.OpenStandardOutput(), s_encoding) { AutoFlush = true };
        while (questions.ReadLine() is { } line)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            string answer = Answer(Enum.Parse<ContractCheck>(line[..space]), line[(space + 1)..]);
            answers.WriteLine(Mark + answer.ReplaceLineEndings(" "));
        }
    }

    private static string Answer(ContractCheck check, string name)
    {
        try
        {
            return ContractRunner.Run(check, name) ?? Passed;
        }
        catch (Exception exception)
        {
            return exception.ToString();
        }
    }

    private static Process Start()
    {
        // The tests run in the host of .NET, which runs this too, or else in an executable of the test runner.
        string host = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? Environment.ProcessPath! : "dotnet";
        ProcessStartInfo start = new(host, ["exec", typeof(SecondProcess).Assembly.Location])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            StandardInputEncoding = s_encoding,
            StandardOutputEncoding = s_encoding,
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{host} did not start.");
    }
}
