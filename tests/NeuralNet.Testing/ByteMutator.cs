namespace NeuralNet.Testing;

/// <summary>Damages files as disks, networks and ill will do: the same seed gives the same damage.</summary>
internal sealed class ByteMutator(int seed)
{
    private readonly Random _random = new(seed);

    /// <summary>Returns a damaged copy; <paramref name="headerLength"/> bytes at the start are hit more often than the rest.</summary>
    public byte[] Mutate(ReadOnlySpan<byte> content, int headerLength)
    {
        byte[] bytes = content.ToArray();
        for (int count = _random.Next(1, 4); count > 0; count--)
            bytes = MutateOnce(bytes, headerLength);
        return bytes;
    }

    private byte[] MutateOnce(byte[] bytes, int headerLength)
    {
        if (bytes.Length == 0)
            return [(byte)_random.Next(256)];
        int position = _random.Next(_random.Next(2) == 0 ? bytes.Length : Math.Min(headerLength, bytes.Length));
        switch (_random.Next(7))
        {
            case 0:
                bytes[position] ^= (byte)(1 << _random.Next(8));
                return bytes;
            case 1:
                bytes[position] = (byte)_random.Next(256);
                return bytes;
            case 2:
                return bytes[..position];
            case 3:
                return [.. bytes, (byte)_random.Next(256)];
            case 4:
                return [.. bytes[..position], .. bytes[Math.Min(bytes.Length, position + _random.Next(1, 9))..]];
            case 5:
                // A length that claims the moon, wherever one may stand.
                for (int i = position; i < Math.Min(bytes.Length, position + 4); i++)
                    bytes[i] = _random.Next(2) == 0 ? (byte)0x7F : (byte)0xFF;
                return bytes;
            default:
                // Digits are replaced by digits, so that damaged numbers stay numbers.
                int digit = Array.FindIndex(bytes, position, b => b is >= (byte)'0' and <= (byte)'9');
                if (digit >= 0)
                    bytes[digit] = (byte)('0' + _random.Next(10));
                return bytes;
        }
    }
}
