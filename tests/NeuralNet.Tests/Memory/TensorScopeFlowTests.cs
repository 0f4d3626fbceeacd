namespace NeuralNet.Tests;

public sealed class TensorScopeFlowTests
{
    [Fact]
    public async Task Scope_AcrossAwait_EndsWhatWasMadeAfter()
    {
        Tensor before;
        Tensor after;
        Tensor onPool;
        using (new TensorScope())
        {
            before = Tensor.Zeros(2);
            await Task.Yield();
            after = Tensor.Zeros(2);
            onPool = await Task.Run(() => Tensor.Zeros(2));
        }

        before.IsDisposed.Should().BeTrue();
        after.IsDisposed.Should().BeTrue();
        onPool.IsDisposed.Should().BeTrue();
        Tensor.Zeros(2).IsDisposed.Should().BeFalse();
    }

    [Fact]
    public async Task Scope_InACalledMethod_KeepsForTheCaller()
    {
        using TensorScope scope = new();
        Tensor x = await ComputeAsync();
        Tensor y = x + 1;

        y.ToArray<float>().Should().Equal(3, 3);

        static async Task<Tensor> ComputeAsync()
        {
            using TensorScope inner = new();
            Tensor one = Tensor.Ones(2);
            await Task.Yield();
            return inner.Keep(one + one);
        }
    }

    [Fact]
    public void Dispose_AfterTheFlowChanged_KeepsItsOtherValues()
    {
        AsyncLocal<int> other = new();
        Tensor ofTheOuter;
        using (TensorScope outer = new())
        {
            using (new TensorScope())
                other.Value = 1;
            using (Autograd.NoGrad())
                other.Value++;

            other.Value.Should().Be(2);
            Tensor.Ones(2).RequireGrad().Negate().RequiresGrad.Should().BeTrue();
            ofTheOuter = Tensor.Zeros(2);
        }
        other.Value.Should().Be(2);
        ofTheOuter.IsDisposed.Should().BeTrue();
        Tensor.Zeros(2).IsDisposed.Should().BeFalse();
    }

    [Fact]
    public void Dispose_WhereTheFlowIsSuppressed_GoesBack()
    {
        Tensor ofTheOuter;
        Tensor ofTheInner;
        using (new TensorScope())
        {
            using (ExecutionContext.SuppressFlow())
            {
                using (new TensorScope())
                    ofTheInner = Tensor.Zeros(2);
                using (Autograd.NoGrad())
                    Tensor.Ones(2).RequireGrad().Negate().RequiresGrad.Should().BeFalse();
            }
            ofTheOuter = Tensor.Ones(2).RequireGrad().Negate();

            ofTheInner.IsDisposed.Should().BeTrue();
            ofTheOuter.IsDisposed.Should().BeFalse();
            ofTheOuter.RequiresGrad.Should().BeTrue();
        }
        ofTheOuter.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public void Scope_AfterOneOfManyTensors_HoldsNoneOfThem()
    {
        Tensor[] many;
        using (new TensorScope())
            many = [.. Enumerable.Range(0, 100).Select(_ => Tensor.Zeros(2))];
        Tensor one;
        using (TensorScope scope = new())
            one = scope.Keep(Tensor.Ones(2));

        many.Should().OnlyContain(x => x.IsDisposed);
        one.ToArray<float>().Should().Equal(1, 1);
    }

    [Fact]
    public void Scope_OnAnotherThread_IsItsOwn()
    {
        Tensor? ofThread = null;
        Tensor ofHere;
        using (new TensorScope())
        {
            Thread thread = new(() =>
            {
                using (new TensorScope())
                    ofThread = Tensor.Zeros(2);
            });
            thread.Start();
            thread.Join();
            ofHere = Tensor.Ones(2);
            ofThread!.IsDisposed.Should().BeTrue();
            ofHere.IsDisposed.Should().BeFalse();
        }

        ofHere.IsDisposed.Should().BeTrue();
    }

    [Fact]
    public void Scope_TensorsOfAThreadWithoutTheFlow_BelongToNobody()
    {
        Tensor? x = null;
        using (new TensorScope())
        {
            using AsyncFlowControl suppressed = ExecutionContext.SuppressFlow();
            Thread thread = new(() => x = Tensor.Ones(2));
            thread.Start();
            thread.Join();
        }

        x!.ToArray<float>().Should().Equal(1, 1);
    }

    [Fact]
    public void Scope_ParallelTasks_AddToTheSharedScope()
    {
        Tensor[] made = new Tensor[64];
        using (new TensorScope())
            Parallel.For(0, made.Length, i => made[i] = Tensor.Full([300], i));

        made.Should().OnlyContain(tensor => tensor.IsDisposed);
    }

    [Fact]
    public async Task Scope_EndedWhileOthersCompute_GivesARightResultOrAClearError()
    {
        for (int round = 0; round < 20; round++)
        {
            TensorScope scope = new();
            Tensor x = Tensor.Full([20000], 3);
            using Barrier barrier = new(4);
            Task[] readers = new Task[3];
            using (ExecutionContext.SuppressFlow())
            {
                for (int i = 0; i < readers.Length; i++)
                    readers[i] = Task.Factory.StartNew(() => Use(x, barrier), TaskCreationOptions.LongRunning);
            }
            barrier.SignalAndWait();
            scope.Dispose();
            await Task.WhenAll(readers);
        }

        static void Use(Tensor x, Barrier barrier)
        {
            barrier.SignalAndWait();
            for (int i = 0; i < 30; i++)
            {
                try
                {
                    // New tensors reuse the memory as soon as the scope has returned it.
                    Tensor other = Tensor.Full([20000], -1);
                    (x + x).ToArray<float>().Should().OnlyContain(value => value == 6);
                    GC.KeepAlive(other);
                }
                catch (ObjectDisposedException thrown)
                {
                    thrown.Message.Should().Contain("was ended with its TensorScope");
                    return;
                }
            }
        }
    }
}
