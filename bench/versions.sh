# What both commands say of the machine they ran on; sourced from the folder bench/.

# Prints name=value lines.
machine_versions() {
    echo "date=$(date -u +%Y-%m-%d)"
    echo "commit=$(git rev-parse --short HEAD)$(git diff --quiet HEAD -- .. || echo ', with changes')"
    echo "processor=$(sed -n 's/^model name[[:space:]]*: //p' /proc/cpuinfo | head -1), family $(sed -n 's/^cpu family[[:space:]]*: //p' /proc/cpuinfo | head -1), model $(sed -n 's/^model[[:space:]]*: //p' /proc/cpuinfo | head -1)"
    echo "vectors=$(grep -m1 -o -w -E 'avx512f|avx2' /proc/cpuinfo | sort -u | paste -sd' ')"
    echo "system=$(. /etc/os-release && echo "$PRETTY_NAME"), Linux $(uname -r)"
    echo "nadir=$(sed -n 's|.*<Version>\(.*\)</Version>.*|\1|p' ../Directory.Build.props)"
    echo ".NET=$(dotnet --version), runtime $(dotnet --list-runtimes | sed -n 's/^Microsoft.NETCore.App \([^ ]*\).*/\1/p' | tail -1)"
}

# The folder of results for the processor in such lines.
results_folder() {
    sed -n 's/^processor=//p' "$1" | tr '[:upper:]' '[:lower:]' | tr -cs 'a-z0-9' '-' | sed 's/-$//'
}
