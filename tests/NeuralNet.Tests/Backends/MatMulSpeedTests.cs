using System.Diagnostics;
using System.Reflection;
using NeuralNet.Backends;
using NeuralNet.Backends.Cpu;
using NeuralNet.Benchmarks;

namespace NeuralNet.Tests.Backends;

/// <summary>
/// Guards the micro-kernel's registers: a compiler that spills its accumulators halves its speed, and every number stays right. The bound
/// is far below what the kernel reaches (0.85 and more), and the fastest of many short runs counts on both sides, so a busy machine does not
/// fail it.
/// </summary>
public sealed class MatMulSpeedTests
{
    private const double LeastShareOfPeak = 0.6;
    private const int Attempts = 40;

    [Fact]
    public void MatMul_512OnOneThread_ReachesShareOfRegisterPeak()
    {
        // Without AVX2 there is no such peak, and a debug build keeps no local in a register.
        bool isOptimized = typeof(CpuBackend).Assembly.GetCustomAttribute<DebuggableAttribute>() is not { IsJITOptimizerDisabled: true };
        if (CpuOptions.WidestInstructionSet < InstructionSet.Avx2 || !isOptimized)
            return;
        CpuBackend backend = new(new() { Threads = 1 });
        Layout square = Layout.Contiguous([512, 512]);
        byte[] zeros = new byte[square.Length * sizeof(float)];
        View<float>[] operands = [.. Enumerable.Range(0, 3).Select(_ => new View<float>(backend.Allocate(zeros.Length), square))];
        foreach (View<float> operand in operands)
            backend.Upload(zeros, operand.Storage, 0);

        double share = 0;
        for (int attempt = 0; attempt < Attempts && share < LeastShareOfPeak; attempt++)
        {
            double peak = RegisterPeak.MeasureSingle();
            share = Math.Max(share, BestRate(backend, operands) / peak);
        }
        share.Should().BeGreaterThan(LeastShareOfPeak);
    }

    private static double BestRate(CpuBackend backend, View<float>[] operands)
    {
        const double operations = 2.0 * 512 * 512 * 512;
        double best = 0;
        for (int i = 0; i < 20; i++)
        {
            long start = Stopwatch.GetTimestamp();
            backend.MatMul(operands[0], operands[1], operands[2], default);
            best = Math.Max(best, operations / Stopwatch.GetElapsedTime(start).TotalSeconds);
        }
        return best;
    }
}
