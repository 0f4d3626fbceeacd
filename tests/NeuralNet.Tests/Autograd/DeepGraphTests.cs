using System.Runtime.CompilerServices;

namespace NeuralNet.Tests;

public sealed class DeepGraphTests
{
    private const int Depth = 100_000;

    [Fact]
    public void Backward_ChainOfManyOperations_DoesNotOverflowTheStack()
    {
        Tensor x = Tensor.FromScalar(1.0).RequireGrad();

        // On a thread with a small stack, so that recursion would show.
        Thread thread = new(() => Chain(x).Backward(), maxStackSize: 256 << 10);
        thread.Start();
        thread.Join();

        x.Grad!.Item<double>().Should().Be(1);
    }

    [Fact]
    public void GarbageCollection_OfALongChain_FreesIt()
    {
        WeakReference[] ends = Build();

        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();

        ends.Should().OnlyContain(end => !end.IsAlive);

        // Apart, so that no local here holds the chain.
        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference[] Build()
        {
            Tensor x = Tensor.FromScalar(1.0).RequireGrad();
            Tensor y = Chain(x);
            return [new(y), new(y.Node), new(x.Node)];
        }
    }

    [Fact]
    public void TensorScope_EndOfALongChain_KeepsWhatTheKeptTensorNeeds()
    {
        Tensor x = Tensor.FromScalar(1.0).RequireGrad();
        Tensor y;
        using (TensorScope scope = new())
            y = scope.Keep(Chain(x));

        y.Backward();

        x.Grad!.Item<double>().Should().Be(1);
    }

    private static Tensor Chain(Tensor x)
    {
        Tensor one = Tensor.FromScalar(1.0);
        Tensor y = x;
        for (int i = 0; i < Depth; i++)
            y *= one;
        return y;
    }
}
