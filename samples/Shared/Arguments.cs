using System.Globalization;

namespace NeuralNet.Samples;

/// <summary>The options of a sample's command line: <c>--name value</c> and <c>--flag</c>.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string?> _values = [];

    public Arguments(string[] args, params string[] known)
    {
        for (int i = 0; i < args.Length; i++)
        {
            if (!known.Contains(args[i]))
                throw new ArgumentException($"{args[i]}: no such option. The options are {string.Join(", ", known)}.");
            bool hasValue = i + 1 < args.Length && !args[i + 1].StartsWith("--", StringComparison.Ordinal);
            _values[args[i]] = hasValue ? args[++i] : null;
        }
    }

    public bool Has(string name) => _values.ContainsKey(name);

    public string? Text(string name) => _values.GetValueOrDefault(name);

    public int Number(string name, int otherwise)
    {
        if (!Has(name))
            return otherwise;
        return int.TryParse(Text(name), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? number
            : throw new ArgumentException($"{name} {Text(name)}: a whole number is needed, as in {name} {otherwise}.");
    }
}
