using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Simd;

/// <summary>
/// Sine, cosine and tangent of floats: x = n·π/2 + r with |r| ≤ π/4, then polynomials of degree 7 and 8 (Moshier, "Methods and programs for mathematical
/// functions", 1989: sinf, cosf). π/2 stands in four parts, whose products with n the subtraction takes without an error that shows.
/// </summary>
internal static class SimdSin
{
    /// <summary>Up to here, n has 13 bits at the most, and its products with the parts of π/2 are exact.</summary>
    private const float Largest = 12_000;

    private const float TwoOverPi = 0.636619772f;
    private const float Part1 = 1.5703125f;
    private const float Part2 = 0.0004837512969970703f;
    private const float Part3 = 7.549533620476723e-08f;
    private const float Part4 = 2.5633440682570896e-12f;

    /// <summary>The sine; with a <paramref name="quarter"/> of 1 the cosine, which is the sine a quarter of a turn later.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector>(TVector x, float quarter)
        where TVector : struct, ISimd<TVector, float>
    {
        TVector y = OfModerate(x, quarter);
        return TVector.GreaterOrEqualAll(TVector.Create(Largest), TVector.Abs(x)) ? y : WithLarge(x, y, quarter == 0 ? MathF.Sin : MathF.Cos);
    }

    /// <summary>The tangent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Tangent<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, float>
    {
        TVector n = OfRemainder(x, out TVector sine, out TVector cosine);
        TVector half = TVector.Floor(n * TVector.Create(0.5f));
        TVector isOdd = TVector.Greater(n - half - half, TVector.Create(0.5f));
        TVector y = TVector.Select(isOdd, -cosine, sine) / TVector.Select(isOdd, sine, cosine);
        return TVector.GreaterOrEqualAll(TVector.Create(Largest), TVector.Abs(x)) ? y : WithLarge(x, y, MathF.Tan);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OfModerate<TVector>(TVector x, float quarter)
        where TVector : struct, ISimd<TVector, float>
    {
        TVector n = OfRemainder(x, out TVector sine, out TVector cosine);
        // The quarter of the turn, 0 to 3: the odd ones exchange sine and cosine, the last two change the sign.
        TVector turn = n + TVector.Create(quarter);
        TVector quadrant = turn - TVector.Create(4f) * TVector.Floor(turn * TVector.Create(0.25f));
        TVector half = TVector.Floor(quadrant * TVector.Create(0.5f));
        TVector isOdd = TVector.Greater(quadrant - half - half, TVector.Create(0.5f));
        TVector y = TVector.Select(isOdd, cosine, sine);
        return TVector.Select(TVector.Greater(half, TVector.Create(0.5f)), -y, y);
    }

    /// <summary>Sine and cosine of r, and n.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector OfRemainder<TVector>(TVector x, out TVector sine, out TVector cosine)
        where TVector : struct, ISimd<TVector, float>
    {
        TVector n = TVector.Round(x * TVector.Create(TwoOverPi));
        TVector r = TVector.MultiplyAdd(n, TVector.Create(-Part1), x);
        r = TVector.MultiplyAdd(n, TVector.Create(-Part2), r);
        r = TVector.MultiplyAdd(n, TVector.Create(-Part3), r);
        r = TVector.MultiplyAdd(n, TVector.Create(-Part4), r);
        // What needs no reduction keeps the sign of zero.
        r = TVector.Select(TVector.Equal(n, TVector.Create(0f)), x, r);
        TVector z = r * r;
        sine = TVector.MultiplyAdd(TVector.Create(-1.9515295891e-4f), z, TVector.Create(8.3321608736e-3f));
        sine = TVector.MultiplyAdd(sine, z, TVector.Create(-1.6666654611e-1f));
        sine = TVector.CopySign(TVector.MultiplyAdd(sine * z, r, r), r);
        cosine = TVector.MultiplyAdd(TVector.Create(2.443315711809948e-5f), z, TVector.Create(-1.388731625493765e-3f));
        cosine = TVector.MultiplyAdd(cosine, z, TVector.Create(4.166664568298827e-2f));
        cosine = TVector.MultiplyAdd(cosine * z, z, TVector.MultiplyAdd(z, TVector.Create(-0.5f), TVector.Create(1f)));
        return n;
    }

    /// <summary>The elements that are large, infinite or NaN by .NET's functions, one by one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static unsafe TVector WithLarge<TVector>(TVector x, TVector y, Func<float, float> function)
        where TVector : struct, ISimd<TVector, float>
    {
        float* elements = stackalloc float[TVector.Count];
        y.Store(elements);
        for (int i = 0; i < TVector.Count; i++)
        {
            if (!(MathF.Abs(x[i]) <= Largest))
                elements[i] = function(x[i]);
        }
        return TVector.Load(elements);
    }
}
