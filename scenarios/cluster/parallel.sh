#!/bin/bash
# A sweep in parts by GNU parallel: scenarios/cluster/parallel.sh sweeps/tuning.yaml out 4
# --joblog and --resume-failed let the same command go on with what failed; a part that was killed goes on where it was.
# Several machines: PARALLEL='--sshlogin host1,host2 --workdir .' with the clone in the same place on each, and a folder that they share.
set -euo pipefail
sweep=${1:?name a sweep, such as sweeps/tuning.yaml}
out=${2:?name a folder}
parts=${3:?say in how many parts}
cd "$(dirname "$0")/../.."
mkdir -p "$out"
parallel --joblog "$out/joblog" --resume-failed --retries 3 --jobs "${JOBS:-100%}" \
  node --import tsx bin/sim.ts sweep "$sweep" --shard "{}/$parts" --jobs 1 --quiet --out "$out/part-{}" ::: $(seq "$parts")
exec node --import tsx bin/sim.ts merge $(seq -f "$out/part-%.0f" "$parts") --out "$out/whole"
