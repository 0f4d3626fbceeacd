using NeuralNet.Benchmarks;

SortedDictionary<string, Command> commands = new()
{
    ["peak"] = new("the machine's multiply-add rate on one core, and the share that a matrix product reaches", _ => PeakCommand.Run()),
    ["overhead"] = new("what a small operation and a small training step cost", _ => OverheadCommand.Run()),
    ["micro"] = new("single kernels under BenchmarkDotNet [--filter TEXT and its other options]", MicroCommand.Run),
    ["memory"] = new("the resident set over long runs without a scope [steps|mlp|forward|lenet]", MemoryCommand.Run),
};
ReferenceCommands.Add(commands);

if (args is [string name, .. string[] rest] && commands.TryGetValue(name, out Command? command))
    return command.Run(rest);

Console.WriteLine("usage: NeuralNet.Benchmarks COMMAND");
foreach ((string key, Command value) in commands)
    Console.WriteLine($"  {key,-10} {value.Summary}");
return args.Length == 0 ? 0 : 2;
