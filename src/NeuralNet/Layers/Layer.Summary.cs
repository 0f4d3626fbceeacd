namespace NeuralNet;

public abstract partial class Layer
{
    /// <summary>
    /// Finds the shape of the output for that of an input, by running the layer without data. Layers whose input sizes were left open get their parameters.
    /// </summary>
    /// <param name="input">The shape of an input, the batch axis included.</param>
    /// <param name="dtype">The dtype of the input.</param>
    /// <exception cref="ShapeException">The input does not fit.</exception>
    /// <exception cref="DeviceException">A layer reads the values of what passes through it, and there are none.</exception>
    /// <example>
    /// <code>
    /// var model = new Sequential(new Conv2D(-1, 8, 3), new Flatten(), new Dense(-1, 10));
    /// model.OutputShape([1, 3, 32, 32]);
    /// var optimizer = new Adam(model.Parameters());
    /// </code>
    /// </example>
    public Shape OutputShape(Shape input, DType dtype = DType.Float32)
    {
        using Autograd.Mode noGrad = Autograd.NoGrad();
        using ShapeInference.Ending inference = ShapeInference.Begin();
        return Forward(Tensor.Zeros(input, dtype, Device.Meta)).Shape;
    }

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
        using (LayerPath.RecordOutputs(Record))
            OutputShape(input, dtype);
        Dictionary<Module, string> names = NamedModules().ToDictionary(named => named.Module, named => named.Name);
        List<ModuleSummary.Row> rows = [];
        foreach (Layer layer in order)
        {
            long own = ModuleFields.Members(layer).Select(member => member.Value).OfType<Parameter>().Sum(parameter => parameter.Length);
            // The model as a whole is a row only if it has parameters beside those of its parts, or gives something else than its last part.
            if (ReferenceEquals(layer, this) && order.Count > 1 && own == 0 && outputs[layer] == rows[^1].Output)
                continue;
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
