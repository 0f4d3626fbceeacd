namespace NeuralNet;

/// <summary>
/// Gives a field of a module another name in its state than the one derived from the field's; on an automatic property write
/// <c>[field: StateName("…")]</c>. The empty name puts what the field holds directly under the module's own.
/// </summary>
[AttributeUsage(AttributeTargets.Field)]
public sealed class StateNameAttribute(string name) : Attribute
{
    /// <summary>Gets the name.</summary>
    public string Name { get; } = name;
}
