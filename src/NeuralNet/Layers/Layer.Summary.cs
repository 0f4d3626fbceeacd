namespace NeuralNet;

public abstract partial class Layer
{
    /// <summary>Lists the layers inside, with the shapes of their outputs, which are found by running the model without data.</summary>
    /// <param name="input">The shape of an input, the batch axis included.</param>
    /// <param name="dtype">The dtype of the input.</param>
    /// <exception cref="ShapeException">The input does not fit.</exception>
    /// <exception cref="DeviceException">A layer reads the values of what passes through it, and there are none.</exception>
    /// <example><code>Console.WriteLine(model.Summary([1, 28, 28]));</code></example>
    public ModuleSummary Summary(Shape input, DType dtype = DType.Float32)
    {
        Dictionary<Layer, Shape> outputs = [];
        List<Layer> order = [];
        using (Autograd.NoGrad())
        using (ShapeInference.Begin())
        using (LayerPath.RecordOutputs(Record))
            Forward(Tensor.Zeros(input, dtype, Device.Meta));
        Dictionary<Module, string> names = NamedModules().ToDictionary(named => named.Module, named => named.Name);
        List<ModuleSummary.Row> rows = [];
        foreach (Layer layer in order)
        {
            if (ReferenceEquals(layer, this) && order.Count > 1)
                continue;
            long own = ModuleFields.Members(layer).Select(member => member.Value).OfType<Parameter>().Sum(parameter => parameter.Length);
            string name = names.GetValueOrDefault(layer, "");
            rows.Add(new(name.Length == 0 ? "—" : name, layer.GetType().Name, outputs[layer], own));
        }
        return new(rows, input, Parameters().Sum(p => p.Length), Parameters().Where(p => p.RequiresGrad).Sum(p => p.Length));

        void Record(Layer layer, Tensor y)
        {
            if (outputs.TryAdd(layer, y.Shape))
                order.Add(layer);
        }
    }
}
