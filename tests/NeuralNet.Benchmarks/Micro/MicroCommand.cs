using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;

namespace NeuralNet.Benchmarks;

/// <summary>Runs the benchmarks of single kernels, in this process, so that it needs no build of its own.</summary>
internal static class MicroCommand
{
    public static int Run(string[] arguments)
    {
        IConfig config = DefaultConfig.Instance
            .WithArtifactsPath("artifacts/micro")
            .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance));
        string[] chosen = arguments.Contains("--filter") ? arguments : ["--filter", "*", .. arguments];
        BenchmarkSwitcher.FromTypes([typeof(MatMulKernels), typeof(ElementwiseKernels), typeof(ReductionKernels)]).Run(chosen, config);
        return 0;
    }
}
