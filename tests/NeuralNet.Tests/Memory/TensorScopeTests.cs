using System.Runtime.CompilerServices;
using NeuralNet.Memory;

namespace NeuralNet.Tests;

public sealed class TensorScopeTests
{
    [Fact]
    public void Dispose_Tensors_AreEndedWithAClearMessage()
    {
        Tensor x;
        using (new TensorScope())
            x = Tensor.Zeros(2, 3);

        x.IsDisposed.Should().BeTrue();
        x.Invoking(t => t.ToArray<float>()).Should().Throw<ObjectDisposedException>()
            .WithMessage("Tensor: this tensor of Float32 [2, 3] was ended with its TensorScope. Hand it out with scope.Keep(tensor), or use it inside the scope.*");
    }

    [Fact]
    public void Dispose_TensorsFromBefore_Live()
    {
        Tensor x = Tensor.Ones(2);
        using (new TensorScope())
            _ = x + 1;

        x.ToArray<float>().Should().Equal(1, 1);
    }

    [Fact]
    public void Keep_Tensor_OutlivesTheScope()
    {
        Tensor kept;
        using (TensorScope scope = new())
            kept = scope.Keep(Tensor.Ones(2) + 1);

        kept.ToArray<float>().Should().Equal(2, 2);
    }

    [Fact]
    public void Keep_View_HoldsTheDataOfItsEndedBase()
    {
        Tensor kept;
        Tensor x;
        using (TensorScope scope = new())
        {
            x = Tensor.Arange(1000).Reshape(10, 100);
            kept = scope.Keep(x[3, ..2]);
        }

        x.IsDisposed.Should().BeTrue();
        kept.ToArray<long>().Should().Equal(300, 301);
    }

    [Fact]
    public void Keep_InANestedScope_BelongsToTheOuterOne()
    {
        Tensor kept;
        using (new TensorScope())
        {
            using (TensorScope inner = new())
                kept = inner.Keep(Tensor.Ones(2));
            kept.ToArray<float>().Should().Equal(1, 1);
        }

        kept.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public void Keep_AfterTheEnd_Throws()
    {
        TensorScope scope = new();
        Tensor x = Tensor.Zeros(1);
        scope.Dispose();

        scope.Invoking(s => s.Keep(Tensor.Zeros(1))).Should().Throw<ObjectDisposedException>();
        using TensorScope other = new();
        other.Invoking(s => s.Keep(x)).Should().Throw<ObjectDisposedException>("the tensor was ended already");
        other.Invoking(s => s.Keep(null!)).Should().Throw<ArgumentNullException>();
    }

    [Fact]
    public void Dispose_Twice_EndsOnce()
    {
        TensorScope outer = new();
        TensorScope inner = new();
        inner.Dispose();
        inner.Dispose();
        Tensor x = Tensor.Zeros(1);
        outer.Dispose();

        x.IsDisposed.Should().BeTrue("the second call must not leave the outer scope");
    }

    [Fact]
    public void Dispose_OutOfOrder_EachEndsItsOwn()
    {
        TensorScope outer = new();
        Tensor ofOuter = Tensor.Zeros(1);
        TensorScope inner = new();
        outer.Dispose();
        Tensor ofInner = Tensor.Zeros(1);
        ofOuter.IsDisposed.Should().BeTrue();
        ofInner.IsDisposed.Should().BeFalse();
        inner.Dispose();

        ofInner.IsDisposed.Should().BeTrue();
        Tensor.Zeros(1).IsDisposed.Should().BeFalse();
    }

    [Fact]
    public void Backward_OfAKeptTensor_WorksAfterTheScope()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        Tensor loss;
        using (TensorScope scope = new())
            loss = scope.Keep((x.Exp() * x.Tanh()).Sum());

        loss.Backward();

        double slope = Math.E * (Math.Tanh(1) + 1 - Math.Tanh(1) * Math.Tanh(1));
        x.Grad!.ToArray<float>()[0].Should().BeApproximately((float)slope, 1e-5f);
    }

    [Fact]
    public void Backward_OfAKeptTensorTwoScopesOut_Works()
    {
        Tensor x = Tensor.FromScalar(3f).RequireGrad();
        Tensor loss;
        using (TensorScope outer = new())
        {
            using (TensorScope inner = new())
                loss = inner.Keep(x * x);
            loss = outer.Keep(loss.Exp().Log());
        }

        loss.Backward();

        x.Grad!.Item<float>().Should().BeApproximately(6, 1e-4f);
    }

    [Fact]
    public void Backward_InsideTheScope_GradientsOutliveIt()
    {
        Tensor x = Tensor.From([1f, 2f]).RequireGrad();
        using (new TensorScope())
        {
            Tensor batch = Tensor.From([3f, 4f]);
            (x * batch).Sum().Backward();
        }

        x.Grad!.IsDisposed.Should().BeFalse();
        x.Grad.ToArray<float>().Should().Equal(3, 4);
    }

    [Fact]
    public void Backward_RecordedGradientOfAScope_CanBeDifferentiatedAfterIt()
    {
        Tensor x = Tensor.FromScalar(2.0).RequireGrad();
        using (new TensorScope())
            (x * x * x).Backward(createGraph: true);

        Gradients.Of(x.Grad!, x).Item<double>().Should().Be(12);
    }

    [Fact]
    public void Grad_SetInsideTheScope_OutlivesIt()
    {
        Tensor x = Tensor.From([1f]).RequireGrad();
        using (new TensorScope())
            x.Grad = Tensor.From([5f]);

        x.Grad!.ToArray<float>().Should().Equal(5);
    }

    [Fact]
    public void MakePersistent_InsideTheScope_TakesTheTensorOutOfIt()
    {
        Tensor parameter;
        using (new TensorScope())
        {
            using (new TensorScope())
                parameter = Tensor.Ones(2).RequireGrad().MakePersistent();
        }

        (parameter * 3).Sum().Backward();

        parameter.Grad!.ToArray<float>().Should().Equal(3, 3);
    }

    [Fact]
    public void Temporaries_Nested_EndAllButTheResults()
    {
        Temporaries outer = Temporaries.Begin();
        Tensor ofOuter = Tensor.Ones(2);
        Temporaries inner = Temporaries.Begin();
        Tensor ofInner = Tensor.Ones(2);
        Tensor result = ofInner + 1;
        inner.End(result);
        ofInner.IsDisposed.Should().BeTrue();
        ofOuter.IsDisposed.Should().BeFalse();
        result.IsDisposed.Should().BeFalse();
        outer.End();

        ofOuter.IsDisposed.Should().BeTrue();
        result.IsDisposed.Should().BeTrue("the outer region did not hand it out");
    }

    [Fact]
    public void Dispose_GraphFromOutside_CanRunAgain()
    {
        Tensor w = Tensor.From([1.0, 2.0, 3.0, 4.0]).Reshape(1, 2, 2).Clone().RequireGrad();
        Tensor weight = Tensor.From([0.1, 0.2]).Reshape(1, 2).Clone().RequireGrad();
        // Linear ends the rows that it makes of three axes, so that each pass makes a handle of them anew.
        Tensor loss = (w * w).Linear(weight).Exp().Sum();
        Tensor[] products = new Tensor[2];
        for (int i = 0; i < products.Length; i++)
        {
            using TensorScope scope = new();
            Tensor gradient = Gradients.Of(loss, w, createGraph: true);
            products[i] = scope.Keep(Gradients.Of(gradient.Sum(), w, retainGraph: true).Detach());
        }

        products[1].ToArray<double>().Should().Equal(products[0].ToArray<double>());
    }

    [Fact]
    public void Dispose_CapturedFlow_LetsKeptTensorsGo()
    {
        (ExecutionContext context, WeakReference kept) = Capture();
        GC.Collect();
        GC.WaitForPendingFinalizers();

        kept.IsAlive.Should().BeFalse();
        GC.KeepAlive(context);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static (ExecutionContext, WeakReference) Capture()
        {
            using TensorScope scope = new();
            WeakReference kept = new(scope.Keep(Tensor.Ones(2)));
            return (ExecutionContext.Capture()!, kept);
        }
    }

    [Fact]
    public void Dispose_Memory_ReturnsAtOnce()
    {
        Device device = Device.CreateCpu(new() { Threads = 1 });
        Tensor x = Tensor.Zeros([10000], device: device).RequireGrad();
        long before = device.MemoryStatistics.LiveBytes;
        using (new TensorScope())
        {
            _ = (x.Exp() * x).Sum();
            device.MemoryStatistics.LiveBytes.Should().BeGreaterThan(before);
        }

        device.MemoryStatistics.LiveBytes.Should().Be(before, "the graph was reached from nothing kept");
        GC.KeepAlive(x);
    }

    [Fact]
    public void EndedTensor_EveryEntryPoint_Throws()
    {
        Tensor x;
        Tensor matrix;
        using (new TensorScope())
        {
            x = Tensor.Zeros(2);
            matrix = Tensor.Zeros(2, 2);
        }
        Tensor live = Tensor.Zeros(2);
        Action[] calls =
        [
            () => x.ToArray<float>(),
            () => _ = x.AsSpan<float>().Length,
            () => x.CopyTo<float>(new float[2]),
            () => x.Read<float>(_ => { }),
            () => x.Write<float>(_ => { }),
            () => x.Fill(1),
            () => x.CopyFrom(live),
            () => live.CopyFrom(x),
            () => x[0] = Tensor.Zeros(),
            () => _ = x[0],
            () => x.Detach(),
            () => x.Clone(),
            () => x.Contiguous(),
            () => x.Reshape(2),
            () => x.Expand([2]),
            () => x.Permute(0),
            () => _ = x.T,
            () => x.Slice(0, 0, 1),
            () => x.Cast(DType.Float32),
            () => x.Cast(DType.Int32),
            () => x.To(Device.Cpu),
            () => x.To(Device.Meta),
            () => _ = x + live,
            () => _ = live + x,
            () => _ = x + 1,
            () => x.Sum(),
            () => x.Softmax(0),
            () => matrix.MatMul(matrix),
            () => live.Linear(matrix),
            () => Tensor.Concat([live, x]),
            () => Tensor.Where(live.Greater(0), x, 0),
            () => live.Gather(0, x.Cast(DType.Int64)),
            () => matrix.ToMatrix<float>(),
            () => x.ToVector<float>(),
            () => x.RequiresGrad = true,
            () => GradientCheck.Verify(xs => xs[0], [x.Cast(DType.Float64)]),
        ];

        for (int i = 0; i < calls.Length; i++)
            calls[i].Should().Throw<ObjectDisposedException>($"call {i} uses an ended tensor").WithMessage("*was ended with its TensorScope*");
        x.Shape.Should().Equal(new long[] { 2 }, "shape and dtype stay known");
    }
}
