// All tests of this process share a device that takes one operation at a time: in parallel they would only wait for each other.
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]
