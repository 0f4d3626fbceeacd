namespace NeuralNet.Gpu.Tests;

/// <summary>Half of the cases, and the process that runs them, beside the other half.</summary>
public interface IContractHalf
{
    /// <summary>Whether the half has a case.</summary>
    /// <param name="family">The name of the operation or layer, whose cases need the same kernels.</param>
    static abstract bool Has(string family);

    /// <summary>Checks a case, and says what is wrong: null where nothing is.</summary>
    static abstract string? Run(ContractCheck check, string name);
}

/// <summary>The cases of this process.</summary>
public readonly struct FirstHalf : IContractHalf
{
    /// <inheritdoc/>
    public static bool Has(string family) => !SecondHalf.Has(family);

    /// <inheritdoc/>
    public static string? Run(ContractCheck check, string name) => ContractRunner.Run(check, name);
}

/// <summary>The cases of the second process: about half of the kernels.</summary>
public readonly struct SecondHalf : IContractHalf
{
    /// <inheritdoc/>
    public static bool Has(string family) => family.Sum(letter => letter) % 6 < 3;

    /// <inheritdoc/>
    public static string? Run(ContractCheck check, string name) => SecondProcess.Run(check, name);
}
