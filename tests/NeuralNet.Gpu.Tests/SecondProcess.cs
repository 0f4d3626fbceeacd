using System.Diagnostics;

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

    private static readonly Lazy<Process> s_process = new(Start);

    /// <summary>Runs a check there, and gives what is wrong: null where nothing is.</summary>
    public static string? Run(ContractCheck check, string name)
    {
        Process process = s_process.Value;
        process.StandardInput.WriteLine($"{check} {name}");
        process.StandardInput.Flush();
        string answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The second process ended.");
        return answer == Passed ? null : answer;
    }

    /// <summary>Answers a line for each line, until the input ends.</summary>
    public static void Main()
    {
        while (Console.In.ReadLine() is { } line)
        {
            int space = line.IndexOf(' ', StringComparison.Ordinal);
            Console.Out.WriteLine(Answer(Enum.Parse<ContractCheck>(line[..space]), line[(space + 1)..]).ReplaceLineEndings(" "));
            Console.Out.Flush();
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
        };
        return Process.Start(start) ?? throw new InvalidOperationException($"{host} did not start.");
    }
}
