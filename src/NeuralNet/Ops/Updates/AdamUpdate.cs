using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>Steps of Adam, in place: an operation that no gradient flows through.</summary>
internal sealed class AdamUpdate
{
    private readonly UpdateBatch<float, Adam<float>> _single = new();
    private readonly UpdateBatch<double, Adam<double>> _double = new();
    private readonly UpdateBatch<float, AmsGrad<float>> _singleAmsGrad = new();
    private readonly UpdateBatch<double, AmsGrad<double>> _doubleAmsGrad = new();

    /// <summary>Adds a parameter's change to those of <see cref="Run"/>.</summary>
    /// <param name="parameter">What is changed.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="mean">The running mean of gradients, changed too.</param>
    /// <param name="square">The running mean of squares, changed too.</param>
    /// <param name="largest">The largest mean of squares so far, changed too; null without AMSGrad.</param>
    /// <param name="options">The numbers of the step.</param>
    public void Add(Tensor parameter, Tensor gradient, Tensor mean, Tensor square, Tensor? largest, in Options options)
    {
        bool isSingle = parameter.DType == DType.Float32;
        if (largest is null && isSingle)
            _single.Add(new(options), parameter, gradient, mean, square);
        else if (largest is null)
            _double.Add(new(options), parameter, gradient, mean, square);
        else if (isSingle)
            _singleAmsGrad.Add(new(options), parameter, gradient, mean, square, largest);
        else
            _doubleAmsGrad.Add(new(options), parameter, gradient, mean, square, largest);
    }

    /// <summary>Makes the changes that were added.</summary>
    public void Run()
    {
        _single.Run();
        _double.Run();
        _singleAmsGrad.Run();
        _doubleAmsGrad.Run();
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

    /// <summary>g ← ±g + λ·θ; m ← β₁·m + (1 − β₁)·g; v ← β₂·v + (1 − β₂)·g²; θ ← θ − η·m/(√v·c + ε).</summary>
    internal readonly struct Adam<T>(Options options) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Formula<T> _formula = new(options);

        public static int States => 2;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref T parameter, T gradient, ref T first, ref T second, ref T third)
        {
            _formula.Average(parameter, gradient, ref first, ref second);
            parameter -= _formula.Step(first, second);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>(ref TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TVector : struct, ISimd<TVector, T>
        {
            _formula.Average(parameter, gradient, ref first, ref second);
            parameter -= _formula.Step(first, second);
        }
    }

    /// <summary>The same with the largest v so far in the place of v.</summary>
    internal readonly struct AmsGrad<T>(Options options) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly Formula<T> _formula = new(options);

        public static int States => 3;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref T parameter, T gradient, ref T first, ref T second, ref T third)
        {
            _formula.Average(parameter, gradient, ref first, ref second);
            third = default(MaximumOp.Operator<T>).Invoke(third, second);
            parameter -= _formula.Step(first, third);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>(ref TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TVector : struct, ISimd<TVector, T>
        {
            _formula.Average(parameter, gradient, ref first, ref second);
            third = default(MaximumOp.Operator<T>).Invoke(third, second);
            parameter -= _formula.Step(first, third);
        }
    }

    /// <summary>What both have in common.</summary>
    private readonly struct Formula<T>(Options options)
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T _stepSize = T.CreateChecked(options.StepSize);
        private readonly T _beta1 = T.CreateChecked(options.Beta1);
        private readonly T _share1 = T.CreateChecked(1 - options.Beta1);
        private readonly T _beta2 = T.CreateChecked(options.Beta2);
        private readonly T _share2 = T.CreateChecked(1 - options.Beta2);
        private readonly T _correction = T.CreateChecked(options.SquareCorrection);
        private readonly T _epsilon = T.CreateChecked(options.Epsilon);
        private readonly T _decay = T.CreateChecked(options.WeightDecay);
        private readonly T _sign = T.CreateChecked(options.Sign);
        private readonly int _changesGradient = options.WeightDecay != 0 || options.Sign != 1 ? 1 : 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Average(T parameter, T gradient, ref T mean, ref T square)
        {
            if (_changesGradient != 0)
                gradient = _sign * gradient + _decay * parameter;
            mean = _beta1 * mean + _share1 * gradient;
            square = _beta2 * square + _share2 * (gradient * gradient);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Step(T mean, T square) => _stepSize * mean / (T.Sqrt(square) * _correction + _epsilon);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Average<TVector>(TVector parameter, TVector gradient, ref TVector mean, ref TVector square)
            where TVector : struct, ISimd<TVector, T>
        {
            if (_changesGradient != 0)
                gradient = TVector.Create(_sign) * gradient + TVector.Create(_decay) * parameter;
            mean = TVector.Create(_beta1) * mean + TVector.Create(_share1) * gradient;
            square = TVector.Create(_beta2) * square + TVector.Create(_share2) * (gradient * gradient);
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Step<TVector>(TVector mean, TVector square)
            where TVector : struct, ISimd<TVector, T> =>
            TVector.Create(_stepSize) * mean / (TVector.Sqrt(square) * TVector.Create(_correction) + TVector.Create(_epsilon));
    }
}
