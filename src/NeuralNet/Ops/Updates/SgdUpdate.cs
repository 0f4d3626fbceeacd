using System.Numerics;
using System.Runtime.CompilerServices;
using NeuralNet.Backends;

namespace NeuralNet;

/// <summary>Steps of stochastic gradient descent, in place: an operation that no gradient flows through.</summary>
internal sealed class SgdUpdate
{
    private readonly UpdateBatch<float, Plain<float>> _single = new();
    private readonly UpdateBatch<double, Plain<double>> _double = new();
    private readonly UpdateBatch<float, Momentum<float>> _singleMomentum = new();
    private readonly UpdateBatch<double, Momentum<double>> _doubleMomentum = new();

    /// <summary>Adds a parameter's change to those of <see cref="Run"/>.</summary>
    /// <param name="parameter">What is changed.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="velocity">The running gradient, changed too; null without momentum.</param>
    /// <param name="options">The numbers of the step.</param>
    public void Add(Tensor parameter, Tensor gradient, Tensor? velocity, in Options options)
    {
        bool isSingle = parameter.DType == DType.Float32;
        if (velocity is null && isSingle)
            _single.Add(new(options), parameter, gradient);
        else if (velocity is null)
            _double.Add(new(options), parameter, gradient);
        else if (isSingle)
            _singleMomentum.Add(new(options), parameter, gradient, velocity);
        else
            _doubleMomentum.Add(new(options), parameter, gradient, velocity);
    }

    /// <summary>Makes the changes that were added.</summary>
    public void Run()
    {
        _single.Run();
        _double.Run();
        _singleMomentum.Run();
        _doubleMomentum.Run();
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

    /// <summary>θ ← θ − η·(g + λ·θ).</summary>
    internal readonly struct Plain<T>(Options options) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T _step = T.CreateChecked(-options.LearningRate);
        private readonly T _decay = T.CreateChecked(options.WeightDecay);
        private readonly int _decays = options.WeightDecay != 0 ? 1 : 0;

        public static int States => 0;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref T parameter, T gradient, ref T first, ref T second, ref T third)
        {
            if (_decays != 0)
                gradient += _decay * parameter;
            parameter += _step * gradient;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>(ref TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TVector : struct, ISimd<TVector, T>
        {
            if (_decays != 0)
                gradient += TVector.Create(_decay) * parameter;
            parameter += TVector.Create(_step) * gradient;
        }
    }

    /// <summary>g ← g + λ·θ; v ← μ·v + τ·g; θ ← θ − η·v, or θ ← θ − η·g − η·μ·v with Nesterov's.</summary>
    internal readonly struct Momentum<T>(Options options) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly T _step = T.CreateChecked(-options.LearningRate);
        private readonly T _momentum = T.CreateChecked(options.Momentum);
        private readonly T _share = T.CreateChecked(options.GradientShare);
        private readonly T _ahead = T.CreateChecked(-options.LearningRate * options.Momentum);
        private readonly T _decay = T.CreateChecked(options.WeightDecay);
        private readonly int _decays = options.WeightDecay != 0 ? 1 : 0;
        private readonly int _looksAhead = options.Nesterov ? 1 : 0;

        public static int States => 1;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke(ref T parameter, T gradient, ref T first, ref T second, ref T third)
        {
            if (_decays != 0)
                gradient += _decay * parameter;
            first = _momentum * first + _share * gradient;
            if (_looksAhead != 0)
                parameter = parameter + _step * gradient + _ahead * first;
            else
                parameter += _step * first;
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Invoke<TVector>(ref TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TVector : struct, ISimd<TVector, T>
        {
            if (_decays != 0)
                gradient += TVector.Create(_decay) * parameter;
            first = TVector.Create(_momentum) * first + TVector.Create(_share) * gradient;
            if (_looksAhead != 0)
                parameter = parameter + TVector.Create(_step) * gradient + TVector.Create(_ahead) * first;
            else
                parameter += TVector.Create(_step) * first;
        }
    }
}
