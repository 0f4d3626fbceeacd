using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>One step of Adam, in place: an operation that no gradient flows through.</summary>
internal static class AdamUpdate
{
    /// <param name="parameter">What is changed.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="mean">The running mean of gradients, changed too.</param>
    /// <param name="square">The running mean of squares, changed too.</param>
    /// <param name="largest">The largest mean of squares so far, changed too; null without AMSGrad.</param>
    /// <param name="options">The numbers of the step.</param>
    public static void Run(Tensor parameter, Tensor gradient, Tensor mean, Tensor square, Tensor? largest, in Options options)
    {
        if (parameter.Device.IsMeta)
            return;
        if (parameter.DType == DType.Float32)
            Launch<float>(parameter, gradient, mean, square, largest, options);
        else
            Launch<double>(parameter, gradient, mean, square, largest, options);
        foreach (Tensor? changed in (ReadOnlySpan<Tensor?>)[parameter, mean, square, largest])
            changed?.Storage.BumpVersion();
        GC.KeepAlive(gradient);
    }

    private static void Launch<T>(Tensor parameter, Tensor gradient, Tensor mean, Tensor square, Tensor? largest, in Options options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        IComputeBackend backend = parameter.Device.Backend;
        View<T> p = parameter.View<T>();
        View<T> g = gradient.View<T>();
        View<T> m = mean.View<T>();
        View<T> v = square.View<T>();
        using Scratch<T> scratch = new(backend, p.Layout.DenseLike());
        if (options.WeightDecay != 0 || options.Sign != 1)
        {
            backend.Binary(new MultiplyAdd<T>(T.CreateChecked(options.Sign), T.CreateChecked(options.WeightDecay)), g, p, scratch.View);
            g = scratch.View;
        }
        backend.Binary(new MultiplyAdd<T>(T.CreateChecked(options.Beta1), T.CreateChecked(1 - options.Beta1)), m, g, m);
        backend.Binary(new AddSquare<T>(T.CreateChecked(options.Beta2), T.CreateChecked(1 - options.Beta2)), v, g, v);
        if (largest is not null)
        {
            backend.Binary(new MaximumOp.Operator<T>(), largest.View<T>(), v, largest.View<T>());
            v = largest.View<T>();
        }
        T stepSize = T.CreateChecked(options.StepSize);
        backend.Binary(new StepLength<T>(stepSize, T.CreateChecked(options.SquareCorrection), T.CreateChecked(options.Epsilon)), m, v, scratch.View);
        backend.Binary(new SubtractOp.Operator<T>(), p, scratch.View, p);
    }

    /// <summary>The numbers of a step.</summary>
    internal readonly record struct Options
    {
        /// <summary>The learning rate, corrected for the start of the mean at zero.</summary>
        public double StepSize { get; init; }

        public double Beta1 { get; init; }

        public double Beta2 { get; init; }

        /// <summary>What the root of the mean of squares is multiplied by, for its start at zero.</summary>
        public double SquareCorrection { get; init; }

        public double Epsilon { get; init; }

        public double WeightDecay { get; init; }

        /// <summary>−1 to climb instead of descending.</summary>
        public double Sign { get; init; }
    }

    /// <summary>f·a + g·b².</summary>
    internal readonly struct AddSquare<T>(T first, T second) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T a, T b) => first * a + second * (b * b);

        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => TVector.Create(first) * a + TVector.Create(second) * (b * b);
    }

    /// <summary>η·m/(√v·c + ε).</summary>
    internal readonly struct StepLength<T>(T stepSize, T correction, T epsilon) : IBinaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T m, T v) => stepSize * m / (T.Sqrt(v) * correction + epsilon);

        public TVector Invoke<TVector>(TVector m, TVector v)
            where TVector : struct, ISimd<TVector, T> =>
            TVector.Create(stepSize) * m / (TVector.Sqrt(v) * TVector.Create(correction) + TVector.Create(epsilon));
    }
}
