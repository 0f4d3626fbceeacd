using System.Numerics;
using NeuralNet.Backends;

namespace NeuralNet.Gpu.Tests;

/// <summary>Operators that use all that operators may use, next to those of the core library.</summary>
internal static class SampleOperators
{
    internal readonly struct Add<T> : IBinaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public static bool IsVectorized => true;

        public T Invoke(T a, T b) => a + b;

        public TVector Invoke<TVector>(TVector a, TVector b)
            where TVector : struct, ISimd<TVector, T> => a + b;
    }

    internal readonly struct Relu<T> : IUnaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public T Invoke(T x) => x <= T.Zero ? T.Zero : x;
    }

    internal readonly struct Greater<T> : IComparisonOperator<T>
        where T : unmanaged, INumber<T>
    {
        public bool Invoke(T a, T b) => a > b;
    }

    internal readonly struct Sum<T> : IReductionOperator<T, T>
        where T : unmanaged, INumber<T>
    {
        public T Identity => T.Zero;

        public T Lift(T x) => x;

        public T Combine(T a, T b) => a + b;
    }

    internal readonly struct Maximum<T> : IReductionOperator<T, T>
        where T : unmanaged, INumber<T>
    {
        public T Identity => Constants<T>.Lowest;

        public T Lift(T x) => x;

        public T Combine(T a, T b) => a > b || T.IsNaN(a) ? a : b;
    }

    internal readonly struct Descend<T>(T step) : IUpdateOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        public static int States => 1;

        public void Invoke(ref T parameter, T gradient, ref T first, ref T second, ref T third)
        {
            first += gradient;
            parameter -= step * first / (T.Sqrt(first * first) + T.One);
        }

        public void Invoke<TVector>(ref TVector parameter, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
            where TVector : struct, ISimd<TVector, T> => first += gradient;
    }

    internal readonly struct Truncate : IConversionOperator<float, int>
    {
        public int Invoke(float x) => (int)x;
    }

    internal readonly struct ToBFloat16 : IConversionOperator<float, BFloat16>
    {
        public BFloat16 Invoke(float x) => (BFloat16)x;
    }

    internal readonly struct FromBFloat16 : IConversionOperator<BFloat16, float>
    {
        public float Invoke(BFloat16 x) => x;
    }

    /// <summary>Every function that has a portable form, chosen by a field.</summary>
    internal readonly struct Function<T>(int number) : IUnaryOperator<T>
        where T : unmanaged, IFloatingPointIeee754<T>
    {
        private readonly int _number = number;

        public T Invoke(T x) => _number switch
        {
            0 => T.Exp(x) + T.Log(x) + T.Log2(x) + T.Log10(x) + T.Exp2(x) + T.ExpM1(x) + T.LogP1(x),
            1 => T.Tanh(x) + T.Sinh(x) + T.Cosh(x) + T.Asinh(x) + T.Acosh(x) + T.Atanh(x),
            2 => T.Sin(x) + T.Cos(x) + T.Tan(x) + T.Asin(x) + T.Acos(x) + T.Atan(x) + T.Atan2(x, Constants<T>.Half),
            3 => T.Sqrt(x) + T.Cbrt(x) + T.Pow(x, Constants<T>.Half) + x % (Constants<T>.One + Constants<T>.One),
            _ => T.Floor(x) + T.Ceiling(x) + T.Round(x) + T.Truncate(x) + T.Abs(x) + (T.IsFinite(x) ? T.One : T.Zero),
        };
    }
}

/// <summary>Operators that no device can run, in ways that must not pass unseen.</summary>
internal static class BrokenOperators
{
    /// <summary>A type test at run time, which ILGPU refuses.</summary>
    internal readonly struct Generic<T> : IUnaryOperator<T>
        where T : unmanaged, INumber<T>
    {
        public T Invoke(T x) => x + T.CreateTruncating(2);
    }

    /// <summary>A function that ILGPU declares and nothing defines.</summary>
    internal readonly struct Undefined : IUnaryOperator<float>
    {
        public float Invoke(float x) => MathF.FusedMultiplyAdd(x, x, x);
    }
}
