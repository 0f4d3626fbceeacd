using ILGPU.Backends;
using ILGPU.IR;
using ILGPU.IR.Rewriting;
using ILGPU.IR.Transformations;
using ILGPU.IR.Values;
using ILGPU.Util;

namespace NeuralNet.Backends.Gpu;

/// <summary>
/// Makes comparisons that hold for NaN explicit. <c>if (x &gt; 1)</c> is compiled to a jump if x ≤ 1 or either is NaN, and ILGPU's OpenCL forgets the second
/// half, so that NaN would go the wrong way.
/// </summary>
internal sealed class UnorderedComparisons : UnorderedTransformation, IBackendHook
{
    private static readonly Rewriter s_rewriter = CreateRewriter();

    public void InitializedKernelContext(IRContext kernelContext, Method kernelMethod)
    {
    }

    public void OptimizedKernelContext(IRContext kernelContext, Method kernelMethod)
    {
        Transformer.Builder builder = Transformer.CreateBuilder(TransformerConfiguration.Empty);
        builder.Add(this);
        kernelContext.Transform(builder.ToTransformer());
    }

    public void FinishedCodeGeneration(IRContext kernelContext, Method kernelMethod)
    {
    }

    protected override bool PerformTransformation(Method.Builder builder) => s_rewriter.Rewrite(builder.SourceBlocks, builder);

    private static Rewriter CreateRewriter()
    {
        Rewriter rewriter = new();
        rewriter.Add<CompareValue>(IsUnordered, MakeExplicit);
        return rewriter;
    }

    private static bool IsUnordered(CompareValue comparison) =>
        comparison.IsUnsignedOrUnordered && comparison.Kind != CompareKind.NotEqual && comparison.Left.BasicValueType.IsFloat();

    private static void MakeExplicit(RewriterContext context, CompareValue comparison)
    {
        BasicBlock.Builder builder = context.Builder;
        Location location = comparison.Location;
        Value ordered = builder.CreateCompare(location, comparison.Left, comparison.Right, comparison.Kind, CompareFlags.None);
        Value left = builder.CreateArithmetic(location, comparison.Left, UnaryArithmeticKind.IsNaNF);
        Value right = builder.CreateArithmetic(location, comparison.Right, UnaryArithmeticKind.IsNaNF);
        Value isNaN = builder.CreateArithmetic(location, left, right, BinaryArithmeticKind.Or);
        context.ReplaceAndRemove(comparison, builder.CreateArithmetic(location, ordered, isNaN, BinaryArithmeticKind.Or));
    }
}
