using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>One step of stochastic gradient descent, in place: an operation that no gradient flows through.</summary>
internal static class SgdUpdate
{
    /// <param name="parameter">What is changed.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="velocity">The running gradient, changed too; null without momentum.</param>
    /// <param name="options">The numbers of the step.</param>
    public static void Run(Tensor parameter, Tensor gradient, Tensor? velocity, in Options options)
    {
        if (parameter.Device.IsMeta)
            return;
        if (parameter.DType == DType.Float32)
            Launch<float>(parameter, gradient, velocity, options);
        else
            Launch<double>(parameter, gradient, velocity, options);
        parameter.Storage.BumpVersion();
        velocity?.Storage.BumpVersion();
        GC.KeepAlive(gradient);
    }

    private static void Launch<T>(Tensor parameter, Tensor gradient, Tensor? velocity, in Options options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IComputeBackend backend = parameter.Device.Backend;
        View<T> p = parameter.View<T>();
        View<T> g = gradient.View<T>();
        MultiplyAdd<T> descend = new(T.CreateChecked(1), T.CreateChecked(-options.LearningRate));
        using Scratch<T> decayed = new(backend, options.WeightDecay == 0 ? Layout.Scalar : p.Layout.DenseLike());
        if (options.WeightDecay != 0)
        {
            backend.Binary(new MultiplyAdd<T>(T.One, T.CreateChecked(options.WeightDecay)), g, p, decayed.View);
            g = decayed.View;
        }
        if (velocity is null)
        {
            backend.Binary(descend, p, g, p);
            return;
        }
        View<T> v = velocity.View<T>();
        T momentum = T.CreateChecked(options.Momentum);
        backend.Binary(new MultiplyAdd<T>(momentum, T.CreateChecked(options.GradientShare)), v, g, v);
        if (!options.Nesterov)
        {
            backend.Binary(descend, p, v, p);
            return;
        }
        backend.Binary(descend, p, g, p);
        backend.Binary(new MultiplyAdd<T>(T.One, T.CreateChecked(-options.LearningRate * options.Momentum)), p, v, p);
    }

    /// <summary>The numbers of a step.</summary>
    internal readonly record struct Options
    {
        public double LearningRate { get; init; }

        public double Momentum { get; init; }

        /// <summary>How much of the gradient enters the velocity.</summary>
        public double GradientShare { get; init; }

        public double WeightDecay { get; init; }

        public bool Nesterov { get; init; }
    }
}

/// <summary>f·a + g·b.</summary>
internal readonly struct MultiplyAdd<T>(T first, T second) : IBinaryOperator<T>
    where T : unmanaged, IFloatingPointIeee754<T>
{
    public static bool IsVectorized => true;

    public T Invoke(T a, T b) => first * a + second * b;

    public TVector Invoke<TVector>(TVector a, TVector b)
        where TVector : struct, ISimd<TVector, T> => TVector.Create(first) * a + TVector.Create(second) * b;
}
