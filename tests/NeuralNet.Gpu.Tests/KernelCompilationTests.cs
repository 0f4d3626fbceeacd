using System.Reflection;
using System.Text.RegularExpressions;
using NeuralNet.Backends;
using NeuralNet.Backends.Gpu;
using Xunit.Abstractions;

namespace NeuralNet.Gpu.Tests;

/// <summary>Every kernel with every operator becomes PTX, on a machine without a GPU.</summary>
public sealed partial class KernelCompilationTests(ITestOutputHelper output)
{
    private static readonly Type[] s_floatingPointTypes = [typeof(float), typeof(double)];

    private static readonly Type[] s_numberTypes = [.. s_floatingPointTypes, typeof(int), typeof(long), typeof(byte)];

    private static readonly Type[] s_bitTypes = [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)];

    public static TheoryData<string> KernelNames => [.. KernelRegistry.All.Select(kernel => kernel.Name)];

    [Theory]
    [MemberData(nameof(KernelNames))]
    public void Compile_EveryOperatorOfTheCore_IsAccepted(string kernelName) =>
        CompileAll(kernelName, typeof(View<>).Assembly).Should().BeEmpty();

    [Theory]
    [MemberData(nameof(KernelNames))]
    public void Compile_SampleOperators_IsAccepted(string kernelName) =>
        CompileAll(kernelName, typeof(SampleOperators).Assembly).Should().BeEmpty();

    [Fact]
    public void Operators_OfTheCore_HaveNumbersAsFields() =>
        OperatorCatalogue.ClosedOperators(typeof(View<>).Assembly)
            .Where(pair => Fields(pair.Operator).Contains(typeof(bool)))
            .Select(pair => pair.Operator.FullName).Distinct().Should().BeEmpty("a launch takes no truth values");

    [Fact]
    public void Faults_InstructionsThatDifferFromTheCpu_AreFound() =>
        Faults("tanh.approx.f32 %f2, %f1;\ndiv.full.f32 %f3, %f1, %f2;\nmax.f32 %f4, %f2, %f3;\nadd.f32 %f5, %f1, %f2;")
            .Should().HaveCount(3);

    [Fact]
    public void Compile_OperatorThatNeedsTypeOfT_ThrowsAndNamesKernelAndOperator()
    {
        using PtxCompiler compiler = new();
        Action compile = () => compiler.Compile(Close<BrokenOperators.Generic<float>>());
        compile.Should().Throw<KernelCompilationException>().WithMessage("Unary<Single, BrokenOperators.Generic<Single>>: *docs/gpu.md*");
    }

    [Fact]
    public void Compile_OperatorThatCallsWhatNoDeviceHas_ThrowsAndNamesFunction()
    {
        using PtxCompiler compiler = new();
        Action compile = () => compiler.Compile(Close<BrokenOperators.Undefined>());
        compile.Should().Throw<KernelCompilationException>().WithMessage("Unary<Single, BrokenOperators.Undefined>: *FusedMultiplyAdd*");
    }

    [Fact]
    public void Compile_AfterFailure_StillCompilesOthers()
    {
        using PtxCompiler compiler = new();
        Action broken = () => compiler.Compile(Close<BrokenOperators.Generic<float>>());
        broken.Should().Throw<KernelCompilationException>();
        compiler.Compile(Close<SampleOperators.Relu<float>>()).Should().Contain(".visible .entry");
    }

    private static MethodInfo Close<TOp>()
        where TOp : struct =>
        KernelRegistry.All.Single(kernel => kernel.Name == "Unary").Close(typeof(TOp).GetInterfaces().Single(), typeof(TOp));

    /// <summary>Compiles a kernel with each operator that fits it, and gives what is wrong with any of them.</summary>
    private List<string> CompileAll(string kernelName, Assembly operators)
    {
        Kernel kernel = KernelRegistry.All.Single(kernel => kernel.Name == kernelName);
        using PtxCompiler compiler = new();
        List<string> failures = [];
        int count = 0;
        foreach (MethodInfo instance in Instances(kernel, operators))
        {
            count++;
            try
            {
                string assembly = compiler.Compile(instance);
                failures.AddRange(Faults(assembly).Select(fault => $"{Describe(instance)}: {fault}"));
                if (PtxAssembler.TryAssemble(assembly) is { } error)
                    failures.Add($"{Describe(instance)}: {error}");
            }
            catch (KernelCompilationException exception)
            {
                failures.Add(exception.Message);
            }
        }
        count.Should().BePositive();
        output.WriteLine($"{kernelName}: {count} kernels compiled to PTX; {PtxAssembler.Description}");
        return failures;
    }

    private static IEnumerable<Type> Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(field => field.FieldType.IsPrimitive ? [field.FieldType] : Fields(field.FieldType));

    private static string Describe(MethodInfo instance) => Backends.Gpu.KernelNames.Describe(instance);

    private static IEnumerable<MethodInfo> Instances(Kernel kernel, Assembly operators)
    {
        Type[] types = kernel.Types switch
        {
            KernelTypes.Bits => s_bitTypes,
            KernelTypes.Numbers => s_numberTypes,
            KernelTypes.FloatingPoint => s_floatingPointTypes,
            _ => [],
        };
        if (kernel.OperatorInterface is null)
            return kernel.Types == KernelTypes.None ? [kernel.Method] : types.Select(kernel.Close);
        return from pair in OperatorCatalogue.ClosedOperators(operators)
               where pair.Interface.GetGenericTypeDefinition() == kernel.OperatorInterface
               where pair.Operator.DeclaringType != typeof(BrokenOperators)
               select kernel.Close(pair.Interface, pair.Operator);
    }

    /// <summary>What a device would compute otherwise than the CPU, and yet without an error.</summary>
    private static IEnumerable<string> Faults(string assembly)
    {
        foreach (string instruction in Inexact().Matches(assembly).Select(match => match.Value).Distinct())
            yield return $"the instruction {instruction} is inexact. Let PortableMath replace the function.";
        foreach (string instruction in DropsNaN().Matches(assembly).Select(match => match.Value).Distinct())
            yield return $"the instruction {instruction} drops NaN. Let PortableMath replace it.";
    }

    [GeneratedRegex(@"\b\w+(\.\w+)*\.(approx|full|ftz)\b[\w.]*")]
    private static partial Regex Inexact();

    [GeneratedRegex(@"\b(min|max)\.f(32|64)\b")]
    private static partial Regex DropsNaN();
}
