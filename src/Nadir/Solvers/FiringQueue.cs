namespace Nadir.Solvers;

/// <summary>
/// An indexed priority queue: items 0 to n - 1 by their times, the earliest first, each found in one look-up when its time changes (Gibson and Bruck
/// 2000, J. Phys. Chem. A 104:1876, section 3). A binary heap; changing a time costs at most log2(n) swaps.
/// </summary>
sealed class FiringQueue
{
    readonly double[] _times;
    readonly int[] _heap;
    readonly int[] _places;

    /// <summary>A queue in which nothing is due.</summary>
    public FiringQueue(int items)
    {
        _times = new double[items];
        _heap = new int[items];
        _places = new int[items];
        Clear();
    }

    /// <summary>The item with the earliest time; of no use where there are no items.</summary>
    public int First => _heap[0];

    /// <summary>The earliest time; infinity where nothing is due.</summary>
    public double FirstTime => _heap.Length == 0 ? double.PositiveInfinity : _times[_heap[0]];

    /// <summary>Puts every time at infinity and the items in their order, so that ties do not depend on what was before.</summary>
    public void Clear()
    {
        Array.Fill(_times, double.PositiveInfinity);
        for (int i = 0; i < _heap.Length; i++)
        {
            (_heap[i], _places[i]) = (i, i);
        }
    }

    /// <summary>Gives an item another time.</summary>
    public void Update(int item, double time)
    {
        double before = _times[item];
        _times[item] = time;
        if (time < before)
        {
            Rise(item, time);
        }
        else
        {
            Sink(item, time);
        }
    }

    void Rise(int item, double time)
    {
        int place = _places[item];
        while (place > 0 && time < _times[_heap[(place - 1) / 2]])
        {
            int parent = (place - 1) / 2;
            Put(_heap[parent], place);
            place = parent;
        }

        Put(item, place);
    }

    void Sink(int item, double time)
    {
        int place = _places[item];
        while (true)
        {
            int child = (2 * place) + 1;
            if (child >= _heap.Length)
            {
                break;
            }

            child += child + 1 < _heap.Length && _times[_heap[child + 1]] < _times[_heap[child]] ? 1 : 0;
            if (!(_times[_heap[child]] < time))
            {
                break;
            }

            Put(_heap[child], place);
            place = child;
        }

        Put(item, place);
    }

    void Put(int item, int place) => (_heap[place], _places[item]) = (item, place);
}
