using System.Collections.Concurrent;

namespace NeuralNet.Testing;

/// <summary>The processor with given instructions, emulated where it lacks them, and threads; made once for all tests.</summary>
public static class Devices
{
    private static readonly ConcurrentDictionary<(InstructionSet, int), Device> s_devices = new();

    /// <summary>The number of threads that results must not depend on.</summary>
    public static IReadOnlyList<int> Threads { get; } = [1, 2, 3, 8];

    public static IReadOnlyList<InstructionSet> InstructionSets { get; } = Enum.GetValues<InstructionSet>();

    /// <summary>Another device than those that cases run on.</summary>
    public static Device Other { get; } = Device.CreateCpu(new CpuOptions { Threads = 1 });

    public static Device Of(InstructionSet instructionSet, int threads) =>
        s_devices.GetOrAdd(
            (instructionSet, threads),
            static key => Device.CreateCpu(new CpuOptions { InstructionSet = key.Item1, Threads = key.Item2, Emulates = true }));
}
