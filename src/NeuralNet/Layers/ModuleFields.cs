using System.Collections;
using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace NeuralNet;

/// <summary>
/// Finds what a module is made of, by reflection over its fields: the only place where the library does so. Base classes come first, then
/// fields in the order of their declaration.
/// </summary>
internal static class ModuleFields
{
    private const DynamicallyAccessedMemberTypes Fields = DynamicallyAccessedMemberTypes.AllFields;

    private static readonly ConcurrentDictionary<Type, Field[]> s_fields = new();

    /// <summary>The parameters, state tensors and modules that a module holds itself, with their names.</summary>
    public static IEnumerable<(string Name, object Value)> Members(Module module)
    {
        foreach (Field field in s_fields.GetOrAdd(module.GetType(), static (_, m) => Discover(m), module))
        {
            foreach ((string name, object value) in Expand(module, field.Name, field.Info.GetValue(module)))
                yield return (name, value);
        }
    }

    private static IEnumerable<(string Name, object Value)> Expand(Module module, string name, object? value)
    {
        switch (value)
        {
            case Parameter or StateTensor or Module:
                yield return (name, value);
                break;
            case ITuple tuple:
                for (int i = 0; i < tuple.Length; i++)
                {
                    foreach ((string Name, object Value) member in Expand(module, Join(name, i.ToString()), tuple[i]))
                        yield return member;
                }
                break;
            case IDictionary dictionary when CanHold(value.GetType()):
                foreach (DictionaryEntry entry in dictionary)
                {
                    foreach ((string Name, object Value) member in Expand(module, Join(name, entry.Key.ToString()!), entry.Value))
                        yield return member;
                }
                break;
            // Only collections are gone through: other sequences may compute something each time, as a data loader does.
            case ICollection items when CanHold(value.GetType()):
                int index = 0;
                foreach (object? item in items)
                {
                    foreach ((string Name, object Value) member in Expand(module, Join(name, index.ToString()), item))
                        yield return member;
                    index++;
                }
                break;
            // A list that is no ICollection has positions still; a set has not.
            case IReadOnlyList<Module> or IReadOnlyList<Parameter> or IReadOnlyList<StateTensor>:
                IReadOnlyList<object> list = (IReadOnlyList<object>)value;
                for (int i = 0; i < list.Count; i++)
                {
                    foreach ((string Name, object Value) member in Expand(module, Join(name, i.ToString()), list[i]))
                        yield return member;
                }
                break;
            case IReadOnlyCollection<Module> or IReadOnlyCollection<Parameter> or IReadOnlyCollection<StateTensor>:
                string type = value.GetType().Name.Split('`')[0];
                throw new InvalidOperationException(
                    $"{module.GetType().Name}: '{name}' is a {type}, which has no order for the names in the state. Use a list or a "
                        + "dictionary.");
        }
    }

    private static string Join(string prefix, string name) => prefix.Length == 0 ? name : $"{prefix}.{name}";

    private static Field[] Discover(Module module)
    {
        List<Field> fields = [];
        Add(fields, module.GetType());
        // Of collections only their contents can collide, which is seen where the state is read.
        IEnumerable<Field> named = fields.Where(field => field.Name.Length > 0 && IsMember(field.Info.FieldType));
        foreach (IGrouping<string, Field> group in named.GroupBy(field => field.Name))
        {
            if (group.Count() > 1)
            {
                throw new InvalidOperationException(
                    $"{module.GetType().Name}: the fields {string.Join(" and ", group.Select(field => field.Info.Name))} have one "
                        + $"name in the state, '{group.Key}'. Give one of them a [StateName].");
            }
        }
        return [.. fields];
    }

    private static void Add(List<Field> fields, [DynamicallyAccessedMembers(Fields)] Type type)
    {
        if (type.BaseType is { } baseType && baseType != typeof(Module) && baseType != typeof(object))
            Add(fields, baseType);
        const BindingFlags Own = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;
        // The order of declaration: the runtime promises none, but tokens follow it. NativeAOT has no tokens and keeps the order as it is.
        foreach (FieldInfo info in type.GetFields(Own).OrderBy(field => field.HasMetadataToken() ? field.MetadataToken : 0))
        {
            if (CanHold(info.FieldType))
                fields.Add(new(info, NameOf(info)));
        }
    }

    private static bool CanHold(Type type)
    {
        if (typeof(ITuple).IsAssignableFrom(type))
            return type.GetGenericArguments().Any(CanHold);
        if (type.IsArray)
            return CanHold(type.GetElementType()!);
        if (type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) && !IsMember(type))
            return !type.IsGenericType || type.GetGenericArguments().Any(CanHold);
        return IsMember(type) || type == typeof(object) || type.IsInterface;
    }

    private static bool IsMember(Type type) =>
        type == typeof(Parameter) || type == typeof(StateTensor) || typeof(Module).IsAssignableFrom(type);

    private static string NameOf(FieldInfo field)
    {
        if (field.GetCustomAttribute<StateNameAttribute>() is { } attribute)
            return attribute.Name;
        string name = field.Name;
        // Auto-properties are <Name>k__BackingField, captured primary-constructor parameters <name>P.
        if (name.StartsWith('<'))
            name = name[1..name.IndexOf('>')];
        return SnakeCase(name.TrimStart('_'));
    }

    private static string SnakeCase(string name)
    {
        StringBuilder snake = new();
        for (int i = 0; i < name.Length; i++)
        {
            bool nextIsLower = i + 1 < name.Length && char.IsLower(name[i + 1]);
            // The D of Conv2D belongs to the number before it.
            bool startsWord = i > 0 && char.IsUpper(name[i]) && (char.IsLower(name[i - 1]) || nextIsLower);
            if (startsWord)
                snake.Append('_');
            snake.Append(char.ToLowerInvariant(name[i]));
        }
        return snake.ToString();
    }

    private sealed record Field(FieldInfo Info, string Name);
}
