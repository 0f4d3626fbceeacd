namespace NeuralNet.Backends.Cpu.Distributions;

/// <summary>Turns the words of whole Philox blocks into elements of one distribution.</summary>
internal unsafe interface IWordMap<T>
    where T : unmanaged
{
    /// <summary>The elements that one block serves.</summary>
    static abstract int PerBlock { get; }

    /// <summary>Writes <paramref name="count"/> elements from the words of as many blocks as they need.</summary>
    void Invoke(uint* words, T* y, int count);
}
