using CsCheck;

namespace NeuralNet.Tests;

public sealed class LayoutTests
{
    /// <summary>Layouts as users make them: permuted, sliced and expanded from a dense one.</summary>
    private static readonly Gen<Layout> s_layouts =
        from sizes in From(1, 1, 2, 3, 4, 6).Array[0, 4]
        from shuffle in Gen.Int
        from starts in Gen.Long[0, 1].Array[4]
        from steps in Gen.Long[1, 2].Array[4]
        from expanded in From(1, 1, 1, 2, 3).Array[4]
        select Build(sizes, shuffle, starts, steps, expanded);

    [Fact]
    public void TryReshape_AnyLayout_AgreesWithAddresses() =>
        Gen.Select(s_layouts, Gen.Int).Sample(
            (layout, seed) =>
            {
                Shape shape = Refactor(layout.Length, seed);
                long[] addresses = Addresses(layout);
                long[]? strides = StridesFor(addresses, shape);
                Layout? view = layout.TryReshape(shape);
                if (strides is null)
                    return view is null;
                return view is not null && view.Shape == shape && Addresses(view).AsSpan().SequenceEqual(addresses);
            },
            seed: "0000000000001",
            iter: 20000);

    [Fact]
    public void DenseLike_AnyLayout_IsDenseInTheSameOrder() =>
        s_layouts.Sample(
            layout =>
            {
                Layout dense = layout.DenseLike();
                return dense.IsDense && dense.Offset == 0 && dense.Shape == layout.Shape
                    && (!layout.IsDense || dense.SameOrderAs(layout))
                    && Addresses(dense).Order().SequenceEqual(Enumerable.Range(0, (int)layout.Length).Select(i => (long)i));
            },
            seed: "0000000000001",
            iter: 5000);

    [Fact]
    public void IsContiguous_AnyLayout_MeansConsecutiveAddresses() =>
        s_layouts.Sample(
            layout => layout.IsContiguous == Addresses(layout).SequenceEqual(Enumerable.Range(0, (int)layout.Length).Select(i => layout.Offset + i)),
            seed: "0000000000001",
            iter: 5000);

    [Fact]
    public void IsDense_AnyLayout_MeansABlockWithoutGaps() =>
        s_layouts.Sample(
            layout => layout.IsDense == Addresses(layout).Order().SequenceEqual(Enumerable.Range(0, (int)layout.Length).Select(i => layout.Offset + i)),
            seed: "0000000000001",
            iter: 5000);

    private static Gen<long> From(params long[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static Layout Build(long[] sizes, int shuffle, long[] starts, long[] steps, long[] expanded)
    {
        Layout layout = Layout.Contiguous(new Shape(sizes.AsSpan()));
        int[] order = [.. Enumerable.Range(0, sizes.Length)];
        new Random(shuffle).Shuffle(order);
        layout = layout.Permute(order);
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            long start = Math.Min(starts[axis], layout.Sizes[axis] - 1);
            layout = layout.Slice(axis, start, (layout.Sizes[axis] - start + steps[axis] - 1) / steps[axis], steps[axis]);
        }
        long[] target = layout.Shape.ToArray();
        for (int axis = 0; axis < target.Length; axis++)
            target[axis] = target[axis] == 1 ? expanded[axis] : target[axis];
        return layout.Expand(new Shape(target.AsSpan()));
    }

    /// <summary>A shape of so many elements, with some axes of size 1.</summary>
    private static Shape Refactor(long length, int seed)
    {
        Random random = new(seed);
        List<long> sizes = [];
        while (length > 1 && sizes.Count < 6)
        {
            long[] divisors = [.. Enumerable.Range(2, (int)length - 1).Select(d => (long)d).Where(d => length % d == 0)];
            long divisor = divisors[random.Next(divisors.Length)];
            sizes.Add(divisor);
            length /= divisor;
            if (random.Next(4) == 0)
                sizes.Add(1);
        }
        if (length > 1)
            sizes.Add(length);
        return new Shape(sizes.ToArray().AsSpan());
    }

    private static long[] Addresses(Layout layout)
    {
        long[] addresses = new long[layout.Length];
        for (long i = 0; i < addresses.Length; i++)
        {
            long rest = i;
            addresses[i] = layout.Offset;
            for (int axis = layout.Rank - 1; axis >= 0; axis--)
            {
                addresses[i] += rest % layout.Sizes[axis] * layout.Strides[axis];
                rest /= layout.Sizes[axis];
            }
        }
        return addresses;
    }

    /// <summary>The only strides that could place a shape's elements at these addresses, or null if they do not.</summary>
    private static long[]? StridesFor(long[] addresses, Shape shape)
    {
        long[] strides = new long[shape.Rank];
        long block = 1;
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            strides[axis] = shape[axis] == 1 ? 1 : addresses[block] - addresses[0];
            block *= shape[axis];
        }
        Layout layout = new(shape, strides, addresses[0]);
        return Addresses(layout).AsSpan().SequenceEqual(addresses) ? strides : null;
    }
}
