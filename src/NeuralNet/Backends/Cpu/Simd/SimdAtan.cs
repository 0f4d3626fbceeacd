using System.Runtime.CompilerServices;

namespace NeuralNet.Backends.Cpu.Simd;

/// <summary>
/// The arc tangent of floats: by (x − 1)/(x + 1) and −1/x the argument comes to tan(π/8) at the most, where a polynomial of degree 9 serves (Moshier,
/// "Methods and programs for mathematical functions", 1989: atanf).
/// </summary>
internal static class SimdAtan
{
    private const float TanOfThreeEighths = 2.414213562f;
    private const float TanOfEighth = 0.4142135624f;
    private const float HalfPi = 1.570796327f;
    private const float QuarterPi = 0.7853981634f;

    /// <summary>What π/4 in float lacks; π/2 lacks twice as much.</summary>
    private const float QuarterPiLow = -2.1855695e-8f;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static TVector Invoke<TVector>(TVector x)
        where TVector : struct, ISimd<TVector, float>
    {
        TVector one = TVector.Create(1f);
        TVector magnitude = TVector.Abs(x);
        TVector isLarge = TVector.Greater(magnitude, TVector.Create(TanOfThreeEighths));
        TVector isMiddle = TVector.Greater(magnitude, TVector.Create(TanOfEighth));
        TVector numerator = TVector.Select(isLarge, -one, TVector.Select(isMiddle, magnitude - one, magnitude));
        TVector denominator = TVector.Select(isLarge, magnitude, TVector.Select(isMiddle, magnitude + one, one));
        TVector zero = TVector.Create(0f);
        TVector start = TVector.Select(isLarge, TVector.Create(HalfPi), TVector.Select(isMiddle, TVector.Create(QuarterPi), zero));
        TVector low = TVector.Select(isLarge, TVector.Create(2 * QuarterPiLow), TVector.Select(isMiddle, TVector.Create(QuarterPiLow), zero));
        TVector r = numerator / denominator;
        TVector z = r * r;
        TVector p = TVector.MultiplyAdd(TVector.Create(8.05374449538e-2f), z, TVector.Create(-1.38776856032e-1f));
        p = TVector.MultiplyAdd(p, z, TVector.Create(1.99777106478e-1f));
        p = TVector.MultiplyAdd(p, z, TVector.Create(-3.33329491539e-1f));
        return TVector.CopySign(start + (r + TVector.MultiplyAdd(p * z, r, low)), x);
    }
}
