using System.Diagnostics;
using NeuralNet.Testing;

namespace NeuralNet.Gpu.Check;

/// <summary>Runs every case of every operation and layer on a device.</summary>
internal static class Conformance
{
    /// <returns>How many checks failed.</returns>
    public static int Run(GpuDevice device, TextWriter output)
    {
        if (!device.Gpu.HasLibrary)
            return RunAll(device, OpCases.All.Concat(OpCases.Compositions), LayerCases.All, "conformance", output);
        int failed = RunAll(device, OpCases.All.Concat(OpCases.Compositions), LayerCases.All, "conformance with cuBLAS", output);
        device.Gpu.UsesLibrary = false;
        failed += RunAll(device, OpCases.All.Where(IsProduct), [], "products by kernels of ours", output);
        failed += LargeProduct(device, output);
        device.Gpu.UsesLibrary = true;
        return failed;
    }

    private static bool IsProduct(OpCase opCase) =>
        opCase.Name.StartsWith("MatMul", StringComparison.Ordinal) || opCase.Name.StartsWith("Linear", StringComparison.Ordinal);

    /// <summary>A product that has work for all multiprocessors by large tiles.</summary>
    private static int LargeProduct(GpuDevice device, TextWriter output)
    {
        Tensor a = Tensor.Randn([4001, 37], generator: new(1));
        Tensor b = Tensor.Randn([37, 3999], generator: new(2));
        float error = a.To(device).MatMul(b.To(device)).ToArray<float>().Zip(a.MatMul(b).ToArray<float>(), (x, y) => Math.Abs(x - y)).Max();
        bool agrees = error < 1e-4f;
        output.WriteLine($"{(agrees ? "agrees" : "FAILED")} a product of 4001 × 37 × 3999 by kernels of ours: within {error:0.0e+0}");
        return agrees ? 0 : 1;
    }

    private static int RunAll(Device device, IEnumerable<OpCase> opCases, IEnumerable<LayerCase> layerCases, string what, TextWriter output)
    {
        Stopwatch watch = Stopwatch.StartNew();
        int count = 0;
        int failed = 0;
        foreach (OpCase opCase in opCases)
        {
            Check(opCase.Name, "value", () => DeviceContract.Value(opCase, device, DType.Float32));
            Check(opCase.Name, "value in double", () => DeviceContract.Value(opCase, device, DType.Float64));
            foreach (DType dtype in DeviceContract.DTypes(opCase.Accepts))
                Check(opCase.Name, $"value in {dtype}", () => DeviceContract.Value(opCase, device, dtype));
            if (opCase.IsLocal && !opCase.IsLarge)
            {
                Check(opCase.Name, "special numbers", () => DeviceContract.SpecialValue(opCase, device, DType.Float32));
                Check(opCase.Name, "special numbers in double", () => DeviceContract.SpecialValue(opCase, device, DType.Float64));
            }
            if (opCase.IsDifferentiable)
                Check(opCase.Name, "gradients", () => DeviceContract.Gradients(opCase, device));
            foreach (Arrangement arrangement in Enum.GetValues<Arrangement>().Except([Arrangement.Contiguous]))
            {
                if (opCase.Operands.Any(operand => operand.Length > 1))
                    Check(opCase.Name, $"{arrangement} inputs", () => DeviceContract.AnyLayout(opCase, device, arrangement));
            }
            Check(opCase.Name, "two runs", () => DeviceContract.Repetition(opCase, device));
        }
        foreach (LayerCase layerCase in layerCases)
        {
            Check(layerCase.Name, "layer", () => DeviceContract.Layer(layerCase, device, DType.Float32));
            Check(layerCase.Name, "layer in double", () => DeviceContract.Layer(layerCase, device, DType.Float64));
        }
        output.WriteLine($"{what}: {count} checks, {failed} failed, {watch.Elapsed.TotalSeconds:0} s");
        return failed;

        void Check(string name, string what, Func<string?> check)
        {
            count++;
            string? difference;
            try
            {
                difference = check();
            }
            catch (Exception exception) when (exception is not OutOfMemoryException)
            {
                difference = $"{exception.GetType().Name}: {exception.Message}";
            }
            if (difference is null)
                return;
            failed++;
            output.WriteLine($"FAILED {name}, {what}: {difference}");
        }
    }
}
